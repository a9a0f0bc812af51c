export {
  type CustomsBlock,
  type CustomsContentType,
  type CustomsItem,
  LABEL_DPIS,
  LABEL_FORMATS,
  LABEL_SIZES,
  type LabelContent,
  type LabelDpi,
  type LabelFormat,
  type LabelJob,
  type LabelParty,
  type LabelRejection,
  type LabelRoute,
  type LabelService,
  type LabelSize,
  labelErrors,
  MAX_LABELS_PER_JOB,
} from './content.ts';
export { createLabelPress, type LabelPress, type LabelPressOptions, type SingleLabelJob } from './press.ts';
export { printableText } from './printable-text.policy.ts';
