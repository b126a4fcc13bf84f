import { lazy, Suspense } from 'react';
import { StartScreen } from '../start/StartScreen';
import { Screen } from '../ui/Screen';
import { Spinner } from '../ui/Spinner';
import { assertNever } from './assertNever';
import { Boundary } from './Boundary';
import { messages } from './messages';
import { useRoute } from './router';

const SessionScreen = lazy(() => import('../session/SessionScreen').then(({ SessionScreen: screen }) => ({ default: screen })));

export function App() {
  return (
    <Boundary fallback={() => <Screen testId="crashed" title={messages.scene.crashedTitle} detail={messages.scene.crashedDetail} />}>
      <CurrentScreen />
    </Boundary>
  );
}

function CurrentScreen() {
  const route = useRoute();
  switch (route.screen) {
    case 'start':
      return <StartScreen />;
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
