import { createSessionMemory } from '../../src/store/session-memory.ts';
import { sessionMemoryContract } from '../contracts/session-memory.ts';

sessionMemoryContract('in memory', async () => createSessionMemory());
