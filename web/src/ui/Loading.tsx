import { CloudOff, TriangleAlert } from 'lucide-react';
import { Component, type ReactNode, Suspense, useEffect } from 'react';
import { texts } from '@/texts/texts';
import { Button } from './Button';
import { useOnline } from './environment';
import { PageNotLoaded } from './lazyPage';
import { Notice } from './Notice';
import { Page } from './Page';
import { AskForHelp } from './support';

/** Shows lazy content, with nothing in its place while it loads and a notice if it fails to load. */
export function Loading({ resetKey, children }: { readonly resetKey: string; readonly children: ReactNode }) {
  return (
    <PageErrors resetKey={resetKey}>
      <Suspense fallback={null}>{children}</Suspense>
    </PageErrors>
  );
}

interface Props {
  /** Identifies the content. An error is cleared when it changes. */
  readonly resetKey: string;
  readonly children: ReactNode;
}

interface State {
  readonly resetKey: string;
  readonly error: unknown;
}

/** Catches errors of a page, so that the frame and its navigation stay. */
class PageErrors extends Component<Props, State> {
  override state: State = { resetKey: this.props.resetKey, error: undefined };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps({ resetKey }: Props, state: State): State | null {
    if (resetKey === state.resetKey) {
      return null;
    }

    resetPage(state.error);
    return { resetKey, error: undefined };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) {
      return this.props.children;
    }

    const retry = () => {
      resetPage(error);
      this.setState({ error: undefined });
    };
    return error instanceof PageNotLoaded ? <PageMissing retry={retry} /> : <BrokenPage />;
  }
}

function resetPage(error: unknown): void {
  if (error instanceof PageNotLoaded) {
    error.reset();
  }
}

let failedOffline = false;

/** The notice for a page whose code did not load. It loads when the network is back. */
function PageMissing({ retry }: { readonly retry: () => void }) {
  const online = useOnline();
  useEffect(() => {
    if (!navigator.onLine) {
      failedOffline = true;
    } else if (failedOffline) {
      // Some browsers remember that a module did not load, until the page is loaded again.
      failedOffline = false;
      window.location.reload();
    }
  }, []);
  useEffect(() => {
    const again = () => retry();
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [retry]);
  return online ? (
    <BrokenPage />
  ) : (
    <Page title={texts.ui.offline}>
      <Notice icon={CloudOff} title={texts.ui.offlineTitle} action={<Button onClick={retry}>{texts.common.retry}</Button>}>
        <p>{texts.ui.offlineWhy}</p>
      </Notice>
    </Page>
  );
}

/** The notice for an error in the client, such as a chunk that is gone after a new version was deployed. */
function BrokenPage() {
  return (
    <Page title={texts.problems.unexpected}>
      <Notice
        icon={TriangleAlert}
        title={texts.ui.broken}
        action={
          <Button tone="main" onClick={() => window.location.reload()}>
            {texts.ui.brokenReload}
          </Button>
        }
      >
        <p>{texts.ui.brokenWhy}</p>
        <AskForHelp about={texts.ui.brokenSubject} />
      </Notice>
    </Page>
  );
}
