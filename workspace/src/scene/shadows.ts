import { Matrix4, type Camera } from 'three';

/**
 * When shadows have to be drawn anew: whenever something is drawn for another reason than that the view turns. A picture
 * that is skipped is owed: once the view rests, one more is drawn with fresh shadows, whoever moved meanwhile.
 */
export class ShadowTimes {
  private readonly seenFrom = new Matrix4();
  private known: readonly unknown[] = [];

  /**
   * @param known what tells that something moved, by being another than before
   * @returns whether shadows are to be drawn anew in the picture from this camera
   */
  areDue({ projectionMatrix, matrixWorldInverse }: Camera, ...known: readonly unknown[]): boolean {
    view.multiplyMatrices(projectionMatrix, matrixWorldInverse);
    const turned = !view.equals(this.seenFrom);
    const moved = known.some((each, index) => each !== this.known[index]);
    this.seenFrom.copy(view);
    this.known = known;
    return moved || !turned;
  }
}

const view = new Matrix4();
