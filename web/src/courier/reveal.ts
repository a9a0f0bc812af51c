import type { Contact } from '../field/contact.tsx';
import { api } from '../ground/api.ts';

/** The recipient's door in clear text; logged with the purpose. */
export async function reveal(partyId: string): Promise<Contact> {
  const revealed = await api.post('/v1/parties/{party_id}/reveals', {
    params: { path: { party_id: partyId } },
    body: { purpose: 'delivery', fields: ['name', 'phone', 'address'] },
  });
  return revealed.party;
}
