import type { PushReceiver } from '../../network/polling/connector-contract.ts';
import { compared, formField, formOf, md5Base64 } from '../pulling/index.ts';

export const cainiaoReceiver: PushReceiver = {
  connector: 'cainiao',
  source: 'Cainiao LINK, message protocol: fields logistics_interface and data_digest',
  fields: [{ name: 'app_secret', about: 'AppSecret of the LINK application' }],
  verify: (push, { app_secret: secret = '' }) => {
    const form = formOf(push);
    const expected = md5Base64((form.get('logistics_interface') ?? '') + secret);
    return compared(form.get('data_digest') ?? undefined, expected);
  },
  unwrap: (push) => formField(push, 'logistics_interface'),
  acknowledge: () => ({ contentType: 'application/json', body: '{"success":"true"}' }),
};
