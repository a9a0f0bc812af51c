import type { MasterData } from './event.schema.ts';
import type { Namespaces } from './event-hash.policy.ts';
import { canonicalValue } from './extension.policy.ts';
import { fullName } from './namespaces.policy.ts';
import { termValue } from './terms.policy.ts';

/** What a sender tells of a place, a party, a class of goods or a word of his own; all in canonical form, for queries. */
export type MasterAttribute = { readonly element: string; readonly name: string; readonly value: string };

export function attributeName(name: string, namespaces: Namespaces): string {
  return termValue(fullName(name, namespaces));
}

/** The attributes of a document's header, each value once, and the elements that it speaks of, described or not. */
export function masterAttributes(
  vocabularies: MasterData,
  namespaces: Namespaces,
): { readonly elements: readonly string[]; readonly attributes: readonly MasterAttribute[] } {
  const elements = new Set<string>();
  const found = new Map<string, MasterAttribute>();
  for (const { vocabularyElementList = [] } of vocabularies)
    for (const { id, attributes = [] } of vocabularyElementList) {
      const element = canonicalValue(id);
      elements.add(element);
      for (const { id: own, attribute } of attributes)
        for (const value of valuesOf(attribute)) {
          const one = { element, name: attributeName(own, namespaces), value };
          found.set(JSON.stringify(one), one);
        }
    }
  return { elements: [...elements], attributes: [...found.values()] };
}

/** Null is no value; of an object it is only kept that there is one. */
function valuesOf(attribute: unknown): readonly string[] {
  if (Array.isArray(attribute)) return attribute.flatMap(valuesOf);
  if (attribute === null || attribute === undefined || attribute === '') return [];
  return typeof attribute === 'object' ? [''] : [canonicalValue(String(attribute))];
}
