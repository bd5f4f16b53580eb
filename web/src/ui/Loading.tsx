import { TriangleAlert } from 'lucide-react';
import { Component, type ReactNode, Suspense } from 'react';
import { Button } from './Button';
import { Notice } from './Notice';
import { AskForHelp } from './support';

/** What is loaded when it is first shown; nothing for the moment that this takes. A part that cannot be loaded says what to do. */
export function Loading({ at, children }: { readonly at: string; readonly children: ReactNode }) {
  return (
    <PageErrors at={at}>
      <Suspense fallback={null}>{children}</Suspense>
    </PageErrors>
  );
}

interface Props {
  /** Where the page is: at another address it gets another chance. */
  readonly at: string;
  readonly children: ReactNode;
}

interface State {
  readonly at: string;
  readonly failed: boolean;
}

/** Keeps a fault of one page to that page: the frame stays, and leads elsewhere. */
export class PageErrors extends Component<Props, State> {
  override state: State = { at: this.props.at, failed: false };

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  static getDerivedStateFromProps({ at }: Props, state: State): State | null {
    return at === state.at ? null : { at, failed: false };
  }

  override render(): ReactNode {
    return this.state.failed ? <BrokenPage /> : this.props.children;
  }
}

/** For a fault of the client itself, such as a part of it that could not be loaded after a new version came out. */
export function BrokenPage() {
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
