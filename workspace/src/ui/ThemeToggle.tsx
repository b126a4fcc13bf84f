import { messages } from '../app/messages';
import { toggleTheme, useTheme } from '../app/theme';
import { IconButton } from './Button';

export function ThemeToggle() {
  const theme = useTheme();
  return (
    <IconButton
      icon={theme === 'dark' ? 'sun' : 'moon'}
      label={theme === 'dark' ? messages.theme.toLight : messages.theme.toDark}
      onClick={toggleTheme}
      data-testid="theme-toggle"
    />
  );
}
