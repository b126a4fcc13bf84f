/// <reference types="vite/client" />
import generated from '../../../protocol-vectors/undo-generated.json?raw';
import handWritten from '../../../protocol-vectors/undo.json?raw';
import { describeHistories } from './history.js';

describeHistories('undo and redo', handWritten, generated);
