/** A screen as the browser's tests look at it: web/test/screens.browser.test.ts. */
export type Screen = {
  /** Unique; the name of its pictures too. */
  readonly name: string;
  /** Its address; `{shipment}` is filled with an id of the stage's facts (web/test/stage.ts). */
  readonly path: string;
  /** Role of the demo's person who looks; none: nobody is logged in. */
  readonly as?: string;
  /** What must be there before it is judged; default: the h1. A selector of Playwright. */
  readonly ready?: string;
};
