/// <reference types="vite/client" />
import generated from '../../../protocol-vectors/conflicts-generated.json?raw';
import handWritten from '../../../protocol-vectors/conflicts.json?raw';
import { describeHistories } from './history.js';

describeHistories('conflicting writes', handWritten, generated);
