import { lazy, Suspense, type ComponentProps } from 'react';
import { accountLink } from '../account/links';
import { StartScreen } from '../start/StartScreen';
import { Screen } from '../ui/Screen';
import { Spinner } from '../ui/Spinner';
import { assertNever } from './assertNever';
import { Boundary } from './Boundary';
import { messages } from './messages';

import { useFragment, useRoute } from './router';

const SessionScreen = lazy(() => import('../session/SessionScreen').then(({ SessionScreen: screen }) => ({ default: screen })));
const AccountScreen = lazy(() => import('../account/AccountScreen').then(({ AccountScreen: screen }) => ({ default: screen })));

export function App() {
  return (
    <Boundary fallback={() => <Screen testId="crashed" title={messages.scene.crashedTitle} detail={messages.scene.crashedDetail} />}>
      <CurrentScreen />
    </Boundary>
  );
}

function CurrentScreen() {
  const route = useRoute();
  const link = accountLink(useFragment());
  switch (route.screen) {
    case 'start':
      return link ? <AccountPages page="own" link={link} /> : <StartScreen />;
    case 'account':
      return <AccountPages page={route.page} />;
    case 'session':
      return (
        <Suspense fallback={<div className="screen"><Spinner label={messages.connection.connectingDetail} /></div>}>
          <SessionScreen key={route.sessionId} sessionId={route.sessionId} />
        </Suspense>
      );
    case 'unknown':
      return <Screen testId="unknown-page" title={messages.unknownPage.title} detail={messages.unknownPage.detail} />;
    default:
      return assertNever(route);
  }
}

function AccountPages(props: ComponentProps<typeof AccountScreen>) {
  return (
    <Suspense fallback={<div className="screen" />}>
      <AccountScreen {...props} />
    </Suspense>
  );
}
