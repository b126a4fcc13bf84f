import { Component, type ReactNode } from 'react';

/** Shows something else where rendering failed, instead of a blank page. */
export class Boundary extends Component<{ readonly fallback: (retry: () => void) => ReactNode; readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  private readonly retry = () => this.setState({ failed: false });

  override render() {
    return this.state.failed ? this.props.fallback(this.retry) : this.props.children;
  }
}
