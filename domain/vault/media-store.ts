import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AwsClient } from "aws4fetch";
import { env } from "@/env";

/** Where sealed media bytes live. Keys, owners and types are rows; a store only knows blobs. */
export interface MediaStore {
  /** Durable when it resolves: rows that name the blob are written afterwards. */
  put(blobId: string, sealed: Uint8Array): Promise<void>;
  get(blobId: string): Promise<Buffer>;
  remove(blobId: string): Promise<void>;
}

export function folderStore(root: string): MediaStore {
  const path = (blobId: string) => join(root, blobId.slice(0, 2), blobId.slice(2, 4), blobId);
  return {
    async put(blobId, sealed) {
      const target = path(blobId);
      const draft = `${target}.part`;
      await mkdir(dirname(target), { recursive: true });
      const file = await open(draft, "w", 0o600);
      try {
        await file.writeFile(sealed);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, target);
    },
    get: (blobId) => readFile(path(blobId)),
    remove: (blobId) => rm(path(blobId), { force: true }),
  };
}

/** `s3://ACCESS_KEY:SECRET@host[:port]/bucket[/prefix]?region=…&tls=0|1`, for any S3-compatible store. */
export function bucketStore(address: URL): MediaStore {
  const client = new AwsClient({
    accessKeyId: decodeURIComponent(address.username),
    secretAccessKey: decodeURIComponent(address.password),
    service: "s3",
    region: address.searchParams.get("region") ?? "us-east-1",
  });
  const scheme = address.searchParams.get("tls") === "0" ? "http" : "https";
  const base = `${scheme}://${address.host}${address.pathname.replace(/\/+$/, "")}`;
  const call = async (method: string, blobId: string, body?: Uint8Array) => {
    const response = await client.fetch(`${base}/${blobId}`, { method, body: body as BodyInit | undefined });
    if (!response.ok) throw new Error(`The media store answered ${response.status} to ${method}.`);
    return response;
  };
  return {
    async put(blobId, sealed) {
      await call("PUT", blobId, sealed);
    },
    get: async (blobId) => Buffer.from(await (await call("GET", blobId)).arrayBuffer()),
    async remove(blobId) {
      await call("DELETE", blobId);
    },
  };
}

let store: MediaStore | undefined;

/** The store that `AVAL_MEDIA_URL` names. */
export function mediaStore(): MediaStore {
  store ??= make(env().mediaUrl);
  return store;
}

function make(address: string): MediaStore {
  if (address.startsWith("s3:")) return bucketStore(new URL(address));
  if (address.startsWith("file:///")) return folderStore(fileURLToPath(address));
  if (address.startsWith("file:")) return folderStore(address.slice("file:".length));
  throw new Error("AVAL_MEDIA_URL must start with file: or s3:.");
}
