import { useState } from 'react';
import { saveFile } from '../ground/files.ts';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CodeSymbol } from '../kit/code-symbol.tsx';
import type { Return } from './visit.ts';
import { PORTAL_WORDS } from './words.ts';

type Shown = NonNullable<Return['code']>;

/** What the buyer shows: to be read by a camera or aloud, from this page, from paper, or from the picture he saved. */
export function Code({ of, code }: { readonly of: Return; readonly code: Shown }) {
  const t = useWords(PORTAL_WORDS);
  const { instant, hourAt, span } = useFormats();
  const [failed, setFailed] = useState(false);
  const { point, starts_at: startsAt, ends_at: endsAt } = of.route ?? {};
  const where =
    point === undefined
      ? []
      : [point.name, ...point.address_lines, [point.postcode, point.city].filter(Boolean).join(' ')];
  const when =
    startsAt === undefined
      ? undefined
      : endsAt === undefined
        ? t('code.slot', { moment: hourAt(startsAt, point?.zone ?? 'UTC') })
        : span(startsAt, endsAt);
  const until = t('code.until', { moment: instant(code.expires_at) });
  const save = async () => {
    try {
      const { codePicture } = await import('./code-picture.ts');
      const lines = [...where, ...(when === undefined ? [] : [when]), until, of.order_reference];
      saveFile(await codePicture(code, lines), `return-${code.code}.png`);
    } catch {
      setFailed(true);
    }
  };
  return (
    <section className="grid justify-items-center gap-3 rounded-lg border border-accent bg-card p-5 text-center">
      <h2 className="text-lg font-semibold">{t(of.route?.method === 'door' ? 'code.door' : 'code.point')}</h2>
      <CodeSymbol kind="qr" text={code.qr} label={t('code.label')} />
      <p className="font-mono text-2xl font-semibold tracking-wider">{code.code}</p>
      <p className="text-soft">{t('code.no_printer')}</p>
      <div className="grid w-full gap-1 border-t border-line pt-3">
        {where.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of an address may be alike
          <p key={index} className={index === 0 ? 'font-semibold wrap-anywhere' : 'wrap-anywhere'}>
            {line}
          </p>
        ))}
        {when !== undefined && <p>{when}</p>}
        <p className="text-soft">{until}</p>
      </div>
      <div className="screen-only flex flex-wrap justify-center gap-2">
        <Button onClick={() => void save()}>{t('code.save')}</Button>
        <Button look="quiet" onClick={() => print()}>
          {t('code.print')}
        </Button>
      </div>
      <p role="status" className="text-sm text-bad empty:hidden">
        {failed && t('code.save_failed')}
      </p>
    </section>
  );
}
