import type { Strategy } from '../protocol/strategy.js';
import type { Blend } from './blending.js';

/** How conflicts about one property are settled. */
export interface Policy {
  readonly strategy: Strategy;
  readonly blend: Blend;
  /** Two users' different values within this time conflict even when the later author had seen the earlier write. */
  readonly windowMs: number;
  /** Whether the property has no components of its own, as a quaternion's numbers mean nothing alone. */
  readonly atomic: boolean;
}

/**
 * A session's policies by `elementType.property`. Either side may be `*`; the first of `type.property`, `type.*`,
 * `*.property` and `*.*` that is there counts.
 */
export type Policies = ReadonlyMap<string, Policy>;

const DEFAULT_POLICY: Policy = { strategy: 'AUTOMATIC', blend: 'DELTA', windowMs: 0, atomic: false };

/** Several people drag parameters at once, so a time window applies; colours and quaternions have no components. */
export const DEFAULT_POLICIES: Policies = policiesOf({
  'parameters.*': { windowMs: 500 },
  '*.color': { atomic: true },
  '*.quaternion': { atomic: true },
});

/** What an entry does not tell is as it is by default. */
export function policiesOf(entries: Readonly<Record<string, Partial<Policy>>>): Policies {
  return new Map(Object.entries(entries).map(([name, policy]) => [name, { ...DEFAULT_POLICY, ...policy }]));
}

/** An element type has no dot in it. */
export function policyFor(policies: Policies, elementType: string, property: string): Policy {
  return (
    policies.get(`${elementType}.${property}`) ??
    policies.get(`${elementType}.*`) ??
    policies.get(`*.${property}`) ??
    policies.get('*.*') ??
    DEFAULT_POLICY
  );
}
