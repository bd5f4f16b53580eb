import { Problem } from '@/api/problem';
import type { Session, SignIn } from './session';

/** A member for development. */
export interface DevelopmentMember {
  readonly sub: string;
  readonly email?: string;
  readonly name?: string;
}

// Per tab, so that one developer can be two members in two tabs. Survives a reload.
const storageKey = 'connections.member';
const renewBefore = 60_000;

/** Signs in at the local host's issuer, which asks for no password. */
export class DevelopmentSignIn implements SignIn {
  async restore(): Promise<Session | undefined> {
    const kept = sessionStorage.getItem(storageKey);
    return kept === null ? undefined : await this.as(JSON.parse(kept) as DevelopmentMember);
  }

  async as(member: DevelopmentMember): Promise<Session> {
    const session = new DevelopmentSession(member);
    await session.renew();
    sessionStorage.setItem(storageKey, JSON.stringify(member));
    return session;
  }
}

class DevelopmentSession implements Session {
  private current = '';
  private until = 0;

  constructor(private readonly member: DevelopmentMember) {}

  async token(): Promise<string> {
    return Date.now() < this.until - renewBefore ? this.current : await this.renew();
  }

  async renew(): Promise<string> {
    const response = await fetch('/dev/identity/token', { method: 'POST', body: new URLSearchParams({ ...this.member }) }).catch(() => {
      throw Problem.offline();
    });
    if (!response.ok) {
      throw await Problem.of(response);
    }

    const answer = (await response.json()) as { access_token: string; expires_in: number };
    this.current = answer.access_token;
    this.until = Date.now() + answer.expires_in * 1000;
    return this.current;
  }

  signOut(): Promise<void> {
    sessionStorage.removeItem(storageKey);
    return Promise.resolve();
  }
}
