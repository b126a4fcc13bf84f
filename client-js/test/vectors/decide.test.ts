/// <reference types="vite/client" />
import generated from '../../../protocol-vectors/decide-generated.json?raw';
import handWritten from '../../../protocol-vectors/decide.json?raw';
import { describeHistories } from './history.js';

describeHistories('what changes do to a document', handWritten, generated);
