import { expect, it } from 'vitest';
import { readMasterData } from './vocabulary-element.policy.ts';

const SITE = 'urn:epc:id:sgln:4012345.00011.0';
const SITE_AS_LINK = 'https://id.gs1.org/414/4012345000115';
const DOCK = 'urn:epc:id:sgln:4012345.00012.7';
const DOCK_AS_LINK = 'https://id.gs1.org/414/4012345000122/254/7';

it('of an element is read from all vocabularies that list it, each child once in whatever notation', () => {
  const told = readMasterData(
    [
      { type: 'a', vocabularyElementList: [{ id: SITE, children: [DOCK, DOCK_AS_LINK] }] },
      { type: 'b', vocabularyElementList: [{ id: SITE_AS_LINK, children: ['urn:x:gate'] }, { id: DOCK }] },
      { type: 'c' },
    ],
    new Map(),
  );
  expect(told.children).toEqual([
    { parent: SITE_AS_LINK, child: DOCK_AS_LINK },
    { parent: SITE_AS_LINK, child: 'urn:x:gate' },
  ]);
  expect(told.elements).toEqual([
    {
      element: SITE_AS_LINK,
      vocabularies: [
        { type: 'a', vocabularyElementList: [{ id: SITE, children: [DOCK, DOCK_AS_LINK] }] },
        { type: 'b', vocabularyElementList: [{ id: SITE_AS_LINK, children: ['urn:x:gate'] }] },
      ],
    },
    { element: DOCK_AS_LINK, vocabularies: [{ type: 'b', vocabularyElementList: [{ id: DOCK }] }] },
  ]);
});
