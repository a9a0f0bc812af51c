/*
 * Lighthouse's performance score from measured figures. Its curves and weights of version 12: each metric is judged by a
 * log-normal curve through its 10th percentile (score 0.9) and its median (0.5); the score is their weighted mean.
 * Source: the scoring calculator and lighthouse-core's metric audits, https://developer.chrome.com/docs/lighthouse/performance/performance-scoring
 */
export type Vitals = {
  /** First contentful paint, milliseconds. */
  readonly fcp: number;
  /** Largest contentful paint, milliseconds. */
  readonly lcp: number;
  /** What tasks take beyond 50 ms, milliseconds. */
  readonly tbt: number;
  readonly cls: number;
};
type Curve = { readonly p10: number; readonly median: number };
type Curves = Readonly<Record<'fcp' | 'speed' | 'lcp' | 'tbt' | 'cls', Curve>>;

const CLS = { p10: 0.1, median: 0.25 };
export const MOBILE: Curves = {
  fcp: { p10: 1_800, median: 3_000 },
  speed: { p10: 3_387, median: 5_800 },
  lcp: { p10: 2_500, median: 4_000 },
  tbt: { p10: 200, median: 600 },
  cls: CLS,
};
export const DESKTOP: Curves = {
  fcp: { p10: 934, median: 1_600 },
  speed: { p10: 1_311, median: 2_300 },
  lcp: { p10: 1_200, median: 2_400 },
  tbt: { p10: 150, median: 350 },
  cls: CLS,
};
const WEIGHTS = { fcp: 0.1, speed: 0.1, lcp: 0.25, tbt: 0.3, cls: 0.25 } as const;

/** 0 to 100. The speed index is not measured: the largest paint stands for it, before which a page is not complete. */
export function performanceScore(vitals: Vitals, curves: Curves): number {
  const measured = { ...vitals, speed: Math.max(vitals.fcp, vitals.lcp) };
  const names = Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[];
  const score = names.reduce((sum, name) => sum + WEIGHTS[name] * scoreOf(measured[name], curves[name]), 0);
  return Math.round(score * 100);
}

/** Inverse complementary error function of 0.2: a value at the 10th percentile scores 0.9. */
const ERFC_INVERSE_OF_A_FIFTH = 0.9061938024368232;

/** 1 for nothing, 0.9 at the 10th percentile, 0.5 at the median, towards 0 beyond. */
export function scoreOf(value: number, { p10, median }: Curve): number {
  if (value <= 0) return 1;
  const deviations = (Math.log(value / median) * ERFC_INVERSE_OF_A_FIFTH) / -Math.log(p10 / median);
  return (1 - erf(deviations)) / 2;
}

/** Abramowitz and Stegun 7.1.26; off by at most 1.5e-7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.327_591_1 * Math.abs(x));
  const tail =
    t *
    (0.254_829_592 + t * (-0.284_496_736 + t * (1.421_413_741 + t * (-1.453_152_027 + t * 1.061_405_429))));
  return Math.sign(x) * (1 - tail * Math.exp(-x * x));
}
