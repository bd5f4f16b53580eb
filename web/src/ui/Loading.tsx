import { TriangleAlert } from 'lucide-react';
import { Component, type ReactNode, Suspense } from 'react';
import { Button } from './Button';
import { Notice } from './Notice';
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
  readonly failed: boolean;
}

/** Catches errors of a page, so that the frame and its navigation stay. */
class PageErrors extends Component<Props, State> {
  override state: State = { resetKey: this.props.resetKey, failed: false };

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  static getDerivedStateFromProps({ resetKey }: Props, state: State): State | null {
    return resetKey === state.resetKey ? null : { resetKey, failed: false };
  }

  override render(): ReactNode {
    return this.state.failed ? <BrokenPage /> : this.props.children;
  }
}

/** The notice for an error in the client, such as a chunk that is gone after a new version was deployed. */
function BrokenPage() {
  return (
    <div>
      <Notice
        icon={TriangleAlert}
        title="This page could not be shown"
        action={
          <Button tone="main" onClick={() => window.location.reload()}>
            Load it again
          </Button>
        }
      >
        <p>There may be a newer version of Connections. What you typed is kept.</p>
        <AskForHelp about="A page could not be shown" />
      </Notice>
    </div>
  );
}
