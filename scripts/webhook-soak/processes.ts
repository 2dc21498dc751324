import { type ChildProcess, execFileSync, fork, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Arrival, Behaviour, FromReceiver, ReceiverReport, ToReceiver } from "./protocol";

const beside = (file: string) => fileURLToPath(new URL(file, import.meta.url));

const isOver = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;
const exited = (child: ChildProcess) =>
  isOver(child) ? Promise.resolve() : new Promise<void>((resolve) => child.once("exit", () => resolve()));

export class Receiver {
  private constructor(
    private readonly child: ChildProcess,
    readonly plain: number,
    readonly secure: number,
  ) {}

  static async start(behaviours: Behaviour[]): Promise<Receiver> {
    const child = fork(beside("./receiver.ts"), {
      execArgv: ["--conditions=react-server", "--import", "tsx"],
      env: { ...process.env, SOAK_BEHAVIOURS: JSON.stringify(behaviours) },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const { plain, secure } = await answerOf(child, "listening");
    return new Receiver(child, plain, secure);
  }

  urlOf(index: number, behaviour: Behaviour): string {
    const origin = behaviour === "bad TLS" ? `https://127.0.0.1:${this.secure}` : `http://127.0.0.1:${this.plain}`;
    return `${origin}/d/${index}`;
  }

  expect(secrets: string[]): void {
    this.tell({ type: "secrets", secrets });
  }

  async recent(since: number): Promise<Arrival[]> {
    const answer = answerOf(this.child, "recent");
    this.tell({ type: "recent", since });
    return (await answer).arrivals;
  }

  async report(path: string): Promise<ReceiverReport> {
    const answer = answerOf(this.child, "report");
    this.tell({ type: "report", path });
    return answer;
  }

  async stop(): Promise<void> {
    this.child.kill("SIGKILL");
    await exited(this.child);
  }

  private tell(message: ToReceiver): void {
    this.child.send(message);
  }
}

function answerOf<T extends FromReceiver["type"]>(child: ChildProcess, type: T) {
  return new Promise<Extract<FromReceiver, { type: T }>>((resolve, reject) => {
    const onExit = () => reject(new Error("The receiver has ended by itself."));
    const onMessage = (message: FromReceiver) => {
      if (message.type !== type) return;
      child.off("message", onMessage);
      child.off("exit", onExit);
      resolve(message as Extract<FromReceiver, { type: T }>);
    };
    child.on("message", onMessage);
    child.once("exit", onExit);
  });
}

/** One that does not stop within this time counts as fallen. */
const STOP_MS = 30_000;

/** Worker processes as they are shipped, replaced as soon as they are killed. */
export class Workers {
  private readonly running: ChildProcess[] = [];
  private started = 0;
  /** That ended although nobody killed them. */
  fallen = 0;

  private constructor(
    private readonly folder: string,
    private readonly logFolder: string,
  ) {}

  static async start(count: number, logFolder: string): Promise<Workers> {
    // Below this folder, where the packages are found.
    const folder = beside(`../../.build/soak-${process.pid}`);
    execFileSync(process.execPath, [beside("./bundle.mjs"), folder], { stdio: ["ignore", "inherit", "inherit"] });
    const workers = new Workers(folder, logFolder);
    try {
      workers.running.push(...(await Promise.all(Array.from({ length: count }, () => workers.spawn()))));
    } catch (error) {
      await workers.stop();
      throw error;
    }
    return workers;
  }

  /** Holds one still, lets `whileItStands` look at what it had in hand, then kills it and starts another. */
  async kill(turn: number, whileItStands: () => Promise<void>): Promise<void> {
    const at = turn % this.running.length;
    const victim = this.running[at]!;
    if (isOver(victim)) this.fallen += 1;
    victim.kill("SIGSTOP");
    await whileItStands();
    victim.kill("SIGKILL");
    await exited(victim);
    this.running[at] = await this.spawn();
  }

  async stop(): Promise<void> {
    for (const worker of this.running.splice(0)) {
      if (isOver(worker)) this.fallen += 1;
      worker.kill("SIGTERM");
      const patience = setTimeout(() => {
        this.fallen += 1;
        worker.kill("SIGKILL");
      }, STOP_MS);
      await exited(worker);
      clearTimeout(patience);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** As a supervisor does: one that cannot start, because the database is away, is started again. */
  private async spawn(): Promise<ChildProcess> {
    const patience = Date.now() + 60_000;
    for (;;) {
      this.started += 1;
      const log = join(this.logFolder, `worker-${this.started}.log`);
      const output = openSync(log, "w");
      const child = spawn(process.execPath, [join(this.folder, "worker.mjs")], { stdio: ["ignore", output, output] });
      closeSync(output);
      const said = () => readFileSync(log, "utf8");
      while (!isOver(child) && !said().includes("The worker is ready.")) await sleep(20);
      if (!isOver(child)) return child;
      if (Date.now() > patience) throw new Error(`A worker did not start: ${said()}`);
      await sleep(500);
    }
  }
}
