import { messages } from '../app/messages';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';

export function SceneFailure({ title, detail, onRetry }: { readonly title: string; readonly detail: string; readonly onRetry?: () => void }) {
  return (
    <div className="scene-failure" role="alert" data-testid="scene-failure">
      <Icon name="warning" size={32} />
      <h2>{title}</h2>
      <p>{detail}</p>
      {onRetry && <Button onClick={onRetry}>{messages.retry}</Button>}
    </div>
  );
}
