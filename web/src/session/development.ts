import { Problem } from '@/api/problem';
import { OtherWindows } from './otherWindows';
import type { Session, SessionFollower, SignIn } from './session';
import { browserStorage, windowStorage } from '@/ui/storage';

/** A member for development. */
export interface DevelopmentMember {
  readonly sub: string;
  readonly email?: string;
  readonly name?: string;
}

// In local storage, the member of this browser. In session storage, the member of this window alone; empty if it has yet to be chosen.
const storageKey = 'connections.member';
const renewBefore = 60_000;

/**
 * Signs in at the local host's issuer, which asks for no password. A window that is opened at `?as=ID` is that member, beside whoever the
 * browser is signed in as; at `?as=` it offers the choice.
 */
export class DevelopmentSignIn implements SignIn {
  private readonly windows = new OtherWindows();

  restore(): Promise<Session | undefined> {
    takeWindowMember();
    const kept = windowStorage.get(storageKey) ?? browserStorage.get(storageKey);
    return Promise.resolve(kept === null || kept === '' ? undefined : this.open(JSON.parse(kept) as DevelopmentMember));
  }

  async as(member: DevelopmentMember): Promise<Session> {
    const session = this.open(member);
    await session.renew();
    const kept = JSON.stringify(member);
    if (isWindowOnly()) {
      windowStorage.set(storageKey, kept);
    } else {
      browserStorage.set(storageKey, kept);
      this.windows.tell(kept);
    }

    return session;
  }

  follow({ onSignedIn, onEnded }: SessionFollower): void {
    this.windows.follow(
      () => undefined,
      (session) => !isWindowOnly() && onSignedIn(this.open(JSON.parse(session) as DevelopmentMember)),
      (ending) => !isWindowOnly() && onEnded(ending),
    );
  }

  private open(member: DevelopmentMember): DevelopmentSession {
    return new DevelopmentSession(member, () => {
      if (isWindowOnly()) {
        windowStorage.set(storageKey, '');
      } else {
        browserStorage.remove(storageKey);
        this.windows.end('signed-out');
      }
    });
  }
}

function isWindowOnly(): boolean {
  return windowStorage.get(storageKey) !== null;
}

function takeWindowMember(): void {
  const url = new URL(window.location.href);
  const sub = url.searchParams.get('as');
  if (sub !== null) {
    windowStorage.set(storageKey, sub === '' ? '' : JSON.stringify({ sub }));
    url.searchParams.delete('as');
    window.history.replaceState(null, '', url);
  }
}

class DevelopmentSession implements Session {
  private current = '';
  private until = 0;
  private renewing: Promise<string> | undefined;

  constructor(
    private readonly member: DevelopmentMember,
    private readonly onSignOut: () => void,
  ) {}

  get sub(): string {
    return this.member.sub;
  }

  async token(): Promise<string> {
    return Date.now() < this.until - renewBefore ? this.current : await this.renew();
  }

  /** Shares one renewal between concurrent calls. */
  renew(): Promise<string> {
    this.renewing ??= this.renewNow().finally(() => {
      this.renewing = undefined;
    });
    return this.renewing;
  }

  signOut(): Promise<void> {
    this.onSignOut();
    return Promise.resolve();
  }

  private async renewNow(): Promise<string> {
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
}
