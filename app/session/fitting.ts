import { MAX_UPLOAD_BYTES } from "@/domain/walks/rules";

const LONGEST_SIDE = 2_000;
const SMALL_ENOUGH = 1024 * 1024;

/** A phone's photograph as large as it is of use, without the place where it was taken; other files as they are. */
export async function fitting(file: File, takesPdf: boolean): Promise<File | "wrong_type" | "too_large"> {
  const isPicture = /^image\/(jpeg|png|webp)$/.test(file.type);
  if (!isPicture && !(takesPdf && file.type === "application/pdf")) return "wrong_type";
  const fitted = isPicture && file.size > SMALL_ENOUGH ? await smaller(file) : file;
  return fitted.size > MAX_UPLOAD_BYTES ? "too_large" : fitted;
}

async function smaller(file: File): Promise<File> {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return blob ? new File([blob], file.name, { type: "image/jpeg" }) : file;
  } catch {
    // What cannot be drawn is judged by its size, and by the server.
    return file;
  }
}
