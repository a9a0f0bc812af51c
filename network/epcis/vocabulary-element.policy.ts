import type { MasterData } from './event.schema.ts';
import type { Namespaces } from './event-hash.policy.ts';
import { canonicalValue } from './extension.policy.ts';
import { fullName } from './namespaces.policy.ts';
import { termValue } from './terms.policy.ts';

/** What a sender tells of a place, a party, a class of goods or a word of his own; all in canonical form, for queries. */
export type MasterAttribute = { readonly element: string; readonly name: string; readonly value: string };
/** One that lies inside the other, in canonical form. */
export type MasterChild = { readonly parent: string; readonly child: string };
/** An element, canonical, with what was sent of it in each of its vocabularies. */
export type MasterElement = { readonly element: string; readonly vocabularies: MasterData };

/** What a document's header tells, each thing once; of the elements that it speaks of, described or not. */
export type ToldMasterData = {
  readonly elements: readonly MasterElement[];
  readonly attributes: readonly MasterAttribute[];
  readonly children: readonly MasterChild[];
};

export function attributeName(name: string, namespaces: Namespaces): string {
  return termValue(fullName(name, namespaces));
}

export function readMasterData(vocabularies: MasterData, namespaces: Namespaces): ToldMasterData {
  const elements = new Map<string, MasterData>();
  const attributes = new Map<string, MasterAttribute>();
  const inside = new Map<string, MasterChild>();
  for (const { vocabularyElementList = [], type } of vocabularies)
    for (const told of vocabularyElementList) {
      const element = canonicalValue(told.id);
      const sent = { ...(type === undefined ? {} : { type }), vocabularyElementList: [told] };
      elements.set(element, [...(elements.get(element) ?? []), sent]);
      for (const { id, attribute } of told.attributes ?? [])
        for (const value of valuesOf(attribute)) {
          const one = { element, name: attributeName(id, namespaces), value };
          attributes.set(JSON.stringify(one), one);
        }
      for (const child of (told.children ?? []).map(canonicalValue))
        inside.set(JSON.stringify([element, child]), { parent: element, child });
    }
  return {
    elements: [...elements].map(([element, sent]) => ({ element, vocabularies: sent })),
    attributes: [...attributes.values()],
    children: [...inside.values()],
  };
}

/** Null is no value; of an object it is only kept that there is one. */
function valuesOf(attribute: unknown): readonly string[] {
  if (Array.isArray(attribute)) return attribute.flatMap(valuesOf);
  if (attribute === null || attribute === undefined || attribute === '') return [];
  return typeof attribute === 'object' ? [''] : [canonicalValue(String(attribute))];
}
