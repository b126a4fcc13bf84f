import { machineSeconds } from '../server/processes.mjs';

/** CPU that everybody used since this was made. */
export class Usage {
  #server;
  #began = performance.now();
  #cpu;
  #generator = process.cpuUsage();
  #machine = machineSeconds();

  /** @param {import('../server/server.mjs').Server} server */
  constructor(server) {
    this.#server = server;
    this.#cpu = server.cpu();
  }

  get seconds() {
    return (performance.now() - this.#began) / 1000;
  }

  /** CPU seconds of server and database together; null where not known. */
  get serverSeconds() {
    const now = this.#server.cpu();
    return now && this.#cpu && now.server + now.database - this.#cpu.server - this.#cpu.database;
  }

  /** In percent of one CPU; `noise` is what all others used, in CPUs. What cannot be known is null. */
  read() {
    const seconds = this.seconds;
    const now = this.#server.cpu();
    const { user, system } = process.cpuUsage(this.#generator);
    const generator = (user + system) / 1e6;
    const machine = machineSeconds();
    const busy = machine.busy - this.#machine.busy;
    const used = now && this.#cpu && { server: now.server - this.#cpu.server, database: now.database - this.#cpu.database };
    return {
      srvCpuPct: used && percent(used.server / seconds),
      dbCpuPct: used && percent(used.database / seconds),
      genCpuPct: percent(generator / seconds),
      noise: used && Math.max(0, Math.round((100 * (busy - used.server - used.database - generator)) / seconds) / 100),
      stealPct: percent((machine.stolen - this.#machine.stolen) / seconds),
    };
  }
}

/** @param {number} share */
function percent(share) {
  return Math.round(1000 * share) / 10;
}
