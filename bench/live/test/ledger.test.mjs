import { describe, expect, test } from 'vitest';
import { Ledger } from '../measure/ledger.mjs';
import { Meter } from '../measure/meter.mjs';

/** Three clients; the first made two changes. */
function ledger(meter = new Meter()) {
  const account = new Ledger(3, meter);
  account.made(0, performance.now());
  account.made(0, performance.now());
  return account;
}

/** @param {Ledger} account @param {number} receiver @param {number[]} numbers */
function arrive(account, receiver, ...numbers) {
  for (const number of numbers) account.arrived(receiver, false, 0, number, performance.now());
}

describe('the ledger', () => {
  test('[CHG-2] misses nothing once everybody has everything, the author too', () => {
    const account = ledger();
    for (const receiver of [0, 1, 2]) arrive(account, receiver, 1, 2);
    expect([account.missing, account.doubled, account.strays]).toEqual([0, 0, 0]);
  });

  test('misses what one client did not get, though another got it twice', () => {
    const account = ledger();
    arrive(account, 0, 1, 2);
    arrive(account, 1, 1, 2, 2);
    arrive(account, 2, 1);
    expect([account.missing, account.doubled]).toEqual([1, 1]);
  });

  test('what was skipped and comes late is missing and doubled: the order was wrong', () => {
    const account = ledger();
    for (const receiver of [0, 1]) arrive(account, receiver, 1, 2);
    arrive(account, 2, 2, 1);
    expect([account.missing, account.doubled]).toEqual([1, 1]);
  });

  test('knows what nobody made', () => {
    const account = ledger();
    arrive(account, 1, 3);
    account.arrived(1, false, 7, 1, performance.now());
    expect(account.strays).toBe(2);
  });

  test('measures deliveries to others, of what was made within the window, but not to who is excluded', () => {
    const meter = new Meter();
    const account = ledger(meter);
    account.exclude(2);
    meter.start();
    account.made(0, performance.now());
    meter.stop();
    for (const receiver of [0, 1, 2]) arrive(account, receiver, 1, 2, 3);
    expect(meter.latency.count).toBe(1);
    expect(account.missing).toBe(0);
  });

  test('holds more changes than it had room for at first', () => {
    const meter = new Meter();
    const account = new Ledger(2, meter);
    meter.start();
    for (let change = 0; change < 1000; change++) account.made(1, performance.now());
    for (let number = 1; number <= 1000; number++) account.arrived(0, true, 1, number, performance.now());
    expect(meter.latency.count).toBe(1000);
    expect(meter.fullLatency.count).toBe(1000);
    expect(account.missing).toBe(1000);
  });
});
