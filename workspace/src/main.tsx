import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startAccount } from './account/startAccount';
import { App } from './app/App';
import { language } from './app/language';
import { startTheme } from './app/theme';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/start.css';
import './styles/session.css';
import './styles/scene-tools.css';
import './styles/live.css';
import './styles/outline.css';
import './styles/parameters.css';
import './styles/around.css';
import './styles/media.css';
import './styles/people.css';
import './styles/account.css';
import './styles/rights.css';

startTheme();
startAccount();
document.documentElement.lang = language;
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
