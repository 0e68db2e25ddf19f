import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';
import type { Agent, AgentId, Fleet } from '../../platform/agent.ts';
import { withContact } from '../../platform/agent-contact.ts';
import type { ListReader } from '../caller.ts';
import { decode, takeEach } from '../json-list.ts';
import { readAgent } from './agent.ts';
import { lastSeenOf, text } from './fields.ts';

/** One agent as the list before had it, with what is needed to recognise its bytes. */
interface Known {
  readonly agent: Agent;
  /** Bytes before and behind its last contact, which moves on at each poll. */
  readonly before: number;
  readonly behind: number;
  /** Of those bytes. */
  readonly sum: string;
}

/** What one element of a list is: where it ends, and what to know of it next time. */
interface Found {
  readonly agent: Agent | undefined;
  readonly known: Known | undefined;
  readonly end: number;
}

const contactKey = Buffer.from('"LastMessageTime"');
const keyAndQuote = '"LastMessageTime":"'.length;
const quote = 0x22;
const comma = 0x2c;
const listBegin = 0x5b;
const objectBegin = 0x7b;
/** Real ones have some two kilobytes. */
const longestAgent = 64 * 1024;
const mostBorders = 64;

/**
 * Reads the list of agents, and recognises those that are as they were in the list before, but for their last contact:
 * they are neither parsed nor made again. Of 10,000 agents that is a quarter of a poll's CPU. What is recognised is a
 * whole object of the list, byte for byte, since it was one before; anything else is parsed as without this.
 */
export const createFleetEcho = (): ListReader<Fleet> => {
  let last: readonly Known[] = [];
  return {
    begin: () => {
      const before = last;
      const now: Known[] = [];
      const agents: Agent[] = [];
      let skipped = 0;
      let place = 0;
      let placeById: ReadonlyMap<AgentId, number> | undefined;
      const behind = (id: AgentId): number => {
        if (before[place]?.agent.id === id) return place + 1;
        placeById ??= new Map(before.map(({ agent }, at) => [agent.id, at]));
        const found = placeById.get(id);
        return found === undefined ? place : found + 1;
      };
      const note = ({ agent, known }: Pick<Found, 'agent' | 'known'>): void => {
        if (agent === undefined) skipped += 1;
        else agents.push(agent);
        if (known !== undefined) now.push(known);
      };
      const take = (entry: unknown): void => note({ agent: readAgent(entry), known: undefined });
      const takeUnknown = takeEach(take);
      return {
        take,
        takePiece: (piece, border) => {
          const found: Found[] = [];
          const begunAt = place;
          let at = border.length === 0 ? -1 : beginOf(piece);
          while (at > 0) {
            const echo = echoAt(piece, at, before[place]);
            const next = echo ?? parsedAt(piece, at, border);
            if (next === undefined) break;
            if (echo !== undefined) place += 1;
            else if (next.agent !== undefined) place = behind(next.agent.id);
            found.push(next);
            if (piece[next.end] === comma) at = next.end + 1;
            else if (decode(piece.subarray(next.end)).trim() !== ']') break;
            else {
              for (const one of found) note(one);
              return true;
            }
          }
          place = begunAt;
          return takeUnknown(piece, border);
        },
        end: () => {
          last = now;
          return { agents, skipped };
        },
      };
    },
  };
};

/** Where the first object of the list begins; -1 if it is not its first sign. */
const beginOf = (piece: Buffer): number =>
  piece[0] === listBegin && piece[1] === objectBegin ? 1 : -1;

/** The agent again, if these are its bytes. */
const echoAt = (piece: Buffer, at: number, known: Known | undefined): Found | undefined => {
  if (known === undefined) return undefined;
  const contactAt = at + known.before;
  const contactEnd = piece.indexOf(quote, contactAt);
  const end = contactEnd + known.behind;
  if (contactEnd < 0 || end >= piece.length) return undefined;
  const lastSeen = lastSeenOf(decode(piece.subarray(contactAt, contactEnd)));
  if (lastSeen === undefined) return undefined;
  if (sumOf(piece, at, contactAt, contactEnd, end) !== known.sum) return undefined;
  const { before, behind, sum } = known;
  if (lastSeen === known.agent.lastSeen) return { agent: known.agent, known, end };
  const { online, wifi, vpn } = known.agent;
  const agent = withContact(known.agent, { online, wifi, vpn, lastSeen });
  return { agent, known: { agent, before, behind, sum }, end };
};

/** The element that begins here, parsed: it ends at the first border up to which it is whole. */
const parsedAt = (piece: Buffer, at: number, border: Buffer): Found | undefined => {
  let end = at;
  for (let tried = 0; tried < mostBorders; tried += 1) {
    const borderAt = piece.indexOf(border, end);
    end = 1 + (borderAt < 0 ? piece.lastIndexOf('}') : borderAt);
    const wire = end <= at ? undefined : parseObject(piece.subarray(at, end));
    if (wire !== undefined) {
      const agent = readAgent(wire);
      return { agent, known: agent && knownFrom(piece, at, end, agent, wire), end };
    }
    if (borderAt < 0) return undefined;
  }
  return undefined;
};

const parseObject = (bytes: Buffer): object | undefined => {
  try {
    const value: unknown = JSON.parse(decode(bytes));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
};

/** Undefined unless its last contact stands there in plain sight, and once. */
const knownFrom = (
  piece: Buffer,
  at: number,
  end: number,
  agent: Agent,
  wire: object,
): Known | undefined => {
  const keyAt = piece.indexOf(contactKey, at);
  const nextKeyAt = piece.indexOf(contactKey, keyAt + 1);
  if (keyAt < 0 || keyAt >= end || (nextKeyAt >= 0 && nextKeyAt < end)) return undefined;
  const contactAt = keyAt + keyAndQuote;
  const contactEnd = piece.indexOf(quote, contactAt);
  const contact = 'LastMessageTime' in wire ? text(wire.LastMessageTime) : '';
  if (contact === '' || decode(piece.subarray(contactAt, contactEnd)) !== contact) return undefined;
  if (end - at > longestAgent || lastSeenOf(contact) === undefined) return undefined;
  const sum = sumOf(piece, at, contactAt, contactEnd, end);
  return { agent, before: contactAt - at, behind: end - contactEnd, sum };
};

const scratch = Buffer.alloc(longestAgent);

/** Of an element without its last contact. Two that differ have different sums: SHA-256 is made for that. */
const sumOf = (
  piece: Buffer,
  at: number,
  contactAt: number,
  contactEnd: number,
  end: number,
): string => {
  piece.copy(scratch, 0, at, contactAt);
  piece.copy(scratch, contactAt - at, contactEnd, end);
  return hash('sha256', scratch.subarray(0, contactAt - at + end - contactEnd), 'base64');
};
