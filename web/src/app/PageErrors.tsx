import { Component, type ReactNode } from 'react';
import { BrokenPage } from './BrokenPage';

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
