// The main job of two members, whatever client an app is built on. Prints what happened as JSON.

declare const process: { readonly argv: readonly string[] };

/** A signed-in member of an app. */
export interface Member {
  become(profile: Profile): Promise<string>;
  find(continuation: string | undefined): Promise<{ ids: string[]; followers: number[]; nextLink?: string }>;
  searchFor(category: string): Promise<Refusal>;
  invite(creator: string): Promise<string>;
  accept(connection: string): Promise<string>;
  acceptProblem(connection: string): Promise<Refusal>;
  send(connection: string, clientId: string, text: string): Promise<number>;
  sendProblem(connection: string, clientId: string, text: string): Promise<Refusal>;
  sendAll(connection: string, messages: { clientId: string; text: string }[]): Promise<(number | string)[]>;
  read(connection: string, seq: number): Promise<string>;
  history(connection: string): Promise<string[]>;
  markRead(connection: string, seq: number): Promise<number>;
}

interface Profile {
  kind: string;
  displayName: string;
  handle?: string;
  headline?: string;
  listed?: boolean;
  categories?: string[];
  platforms?: { name: string; handle: string; followers: number }[];
}

/** What an app decides by. */
interface Refusal {
  type: string;
  status: number;
  fields?: { field: string; code: string }[];
}

/** Signs in as the local host's issuer allows it. */
export async function tokenOf(host: string, id: string): Promise<string> {
  // Only a member with a confirmed address invites.
  const body = new URLSearchParams({ sub: id, name: id, email: `${id}@example.com` });
  const response = await fetch(new URL('/dev/identity/token', host), { method: 'POST', body });
  return ((await response.json()) as { access_token: string }).access_token;
}

/** The data of a call that succeeded. */
export function done<T>({ data, error }: { data?: T; error?: unknown }): T {
  if (data === undefined) {
    throw new Error(JSON.stringify(error));
  }

  return data;
}

/** The problem of a call that was refused. */
export function problemOf<P extends Refusal>({ error }: { error?: P }): P {
  if (error === undefined) {
    throw new Error('The call was not refused.');
  }

  return error;
}

export async function play(signIn: (host: string, id: string) => Promise<Member>): Promise<void> {
  const [host = '', name = ''] = process.argv.slice(2);
  const creatorId = `${name}-creator`;
  const [brand, creator] = [await signIn(host, `${name}-brand`), await signIn(host, creatorId)];
  await brand.become({ kind: 'brand', displayName: 'Aurora Outdoor' });
  await creator.become({
    kind: 'creator',
    displayName: 'Nora',
    handle: `${name}nora`,
    headline: 'Trails',
    listed: true,
    categories: ['travel'],
    platforms: [{ name: 'instagram', handle: `${name}nora`, followers: 5_000_000_000 }],
  });

  const found: string[] = [];
  const pages: number[] = [];
  let followers: number | undefined;
  for (let next: string | undefined = host; next !== undefined;) {
    const page = await brand.find(new URL(next).searchParams.get('continuation') ?? undefined);
    const at = page.ids.indexOf(creatorId);
    followers = at < 0 ? followers : page.followers[at];
    found.push(...page.ids);
    pages.push(page.ids.length);
    next = page.nextLink;
  }

  const connection = await brand.invite(creatorId);
  const state = await creator.accept(connection);
  const sent = await brand.send(connection, '1', 'Hi!');
  const batch = await creator.sendAll(connection, [
    { clientId: '1', text: 'Hello' },
    { clientId: '2', text: 'Autumn works.' },
    { clientId: '1', text: 'Not the same' },
  ]);
  console.log(
    JSON.stringify({
      found,
      pages,
      followers,
      state,
      sent,
      batch,
      read: await creator.read(connection, sent),
      history: await brand.history(connection),
      readTo: await brand.markRead(connection, 2),
      reused: await brand.sendProblem(connection, '1', 'Something else'),
      unknown: await brand.acceptProblem('c' + '0'.repeat(30)),
      invalid: await brand.searchFor('a-later-category'),
    }),
  );
}
