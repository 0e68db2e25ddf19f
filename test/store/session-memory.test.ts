import { createSessionMemory } from '../../src/store/decorate.ts';
import { sessionMemoryContract } from '../contracts/session-memory.ts';

sessionMemoryContract('in memory', async () => createSessionMemory());
