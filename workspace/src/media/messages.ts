import { inLanguage } from '../app/language';
import type { LightType } from '../scene/sceneElement';
import type { ModelRefusal } from './glb';
import type { AssetFailure } from './assetStates';
import type { MaterialPreset } from './materialPresets';

/** Why a file is not taken. */
export type FileRefusal = ModelRefusal | 'kind' | 'too-large' | 'unreadable' | 'not-an-image' | 'too-many-pixels' | 'empty-file';

/** Why the server did not take a file. */
export type UploadFailure = 'unreachable' | 'too-large' | 'quota' | 'content' | 'busy' | 'closed' | 'other';

const english = {
  more: 'More to add',
  moreShort: 'More',
  add: {
    lights: { point: 'Point light', spot: 'Spotlight', sun: 'Sun' } satisfies Record<LightType, string>,
    image: 'Image…',
    model: 'Model…',
    imageHint: 'PNG, JPEG, WebP',
    modelHint: 'glb, gltf',
    drop: 'Or drop files on the scene.',
  },
  commands: {
    lights: { point: 'Add a point light', spot: 'Add a spotlight', sun: 'Add a sun' } satisfies Record<LightType, string>,
    image: 'Add images from files',
    model: 'Add models from files',
  },
  drop: 'Drop images, 3D models or a session file',
  takes: {
    parameters: { title: 'This session takes session files only', detail: 'Images and models belong into a scene.' },
    single: { title: 'A session file is imported on its own', detail: 'Drop it again, one file and nothing else.' },
    many: (most: number) => ({ title: `${most} files at once at most`, detail: 'The first ones are taken.' }),
  },
  refused: (file: string) => `“${file}” was not added`,
  reasons: {
    kind: 'A scene takes PNG, JPEG and WebP images, glb and gltf models, and session files (.json).',
    'too-large': 'It is larger than 20 MB.',
    unreadable: 'It cannot be read.',
    'empty-file': 'It is empty.',
    'not-an-image': 'It is not a PNG, JPEG or WebP image, or it is damaged.',
    'too-many-pixels': 'It has more than 64 megapixels.',
    broken: 'It is not a valid glTF model, or it is damaged.',
    version: 'Only glTF version 2 is supported.',
    external: 'It refers to other files. Export it as one .glb with everything inside.',
    draco: 'It is compressed with Draco, which is not supported. Export it without, or with meshopt.',
    basisu: 'Its textures are compressed (KTX2), which is not supported. Export them as PNG, JPEG or WebP.',
    unsupported: 'It needs an extension of glTF that is not supported.',
    'too-much': 'It is too complex to be drawn in a browser.',
    empty: 'There is nothing in it that could be drawn.',
  } satisfies Record<FileRefusal, string>,
  heavy: (triangles: number) => ({ title: `This model has ${triangles.toLocaleString('en')} triangles`, detail: 'It may be slow, for others too.' }),
  upload: {
    uploading: (file: string) => `Uploading “${file}”`,
    waiting: (file: string) => `“${file}” is uploaded when you are back online`,
    waitingTitle: 'You are offline',
    waitingDetail: 'Files are kept in this tab and uploaded as soon as you are back online.',
    failed: (file: string) => `“${file}” was not uploaded`,
    again: 'Try again',
    cancel: (file: string) => `Do not upload “${file}”`,
    label: 'Uploads',
  },
  failures: {
    unreachable: 'The server cannot be reached.',
    'too-large': 'The server does not take files of this size.',
    quota: 'This session has no room for more files.',
    content: 'The server did not recognise its content.',
    busy: 'Too many files at once. Wait a moment.',
    closed: 'The session is closed.',
    other: 'The server did not take it.',
  } satisfies Record<UploadFailure, string>,
  material: {
    title: 'Material',
    presets: { matte: 'Matte', satin: 'Satin', metal: 'Metal', glass: 'Glass' } satisfies Record<MaterialPreset, string>,
    roughness: 'Roughness',
    metalness: 'Metalness',
    opacity: 'Opacity',
  },
  light: {
    title: 'Light',
    type: 'Kind of light',
    types: { point: 'Point', spot: 'Spot', sun: 'Sun' } satisfies Record<LightType, string>,
    intensity: 'Brightness',
    range: 'Range in metres',
    most: (most: number) => `At most ${most} lights shine at the same time: those nearest to where you look. None of them casts shadows.`,
  },
  file: {
    title: 'File',
    replace: 'Replace file',
    image: (width: number, height: number) => `${width} × ${height} pixels`,
    model: (triangles: number) => (triangles === 1 ? '1 triangle' : `${triangles.toLocaleString('en')} triangles`),
    states: { loading: 'Loading…', ready: 'Loaded', unseen: 'Not loaded' },
    failed: {
      missing: 'The file is no longer there.',
      unreachable: 'It cannot be loaded right now.',
      broken: 'The file cannot be drawn.',
      none: 'No file is chosen.',
    } satisfies Record<AssetFailure, string>,
    opacity: 'Opacity',
  },
  thumbnail: (name: string) => `Picture of “${name}”`,
};

export type MediaMessages = typeof english;

const german: MediaMessages = {
  more: 'Weiteres hinzufügen',
  moreShort: 'Mehr',
  add: {
    lights: { point: 'Punktlicht', spot: 'Strahler', sun: 'Sonne' },
    image: 'Bild …',
    model: 'Modell …',
    imageHint: 'PNG, JPEG, WebP',
    modelHint: 'glb, gltf',
    drop: 'Oder ziehen Sie Dateien auf die Szene.',
  },
  commands: {
    lights: { point: 'Punktlicht hinzufügen', spot: 'Strahler hinzufügen', sun: 'Sonne hinzufügen' },
    image: 'Bilder aus Dateien hinzufügen',
    model: 'Modelle aus Dateien hinzufügen',
  },
  drop: 'Bilder, 3D-Modelle oder eine Sitzungsdatei hier ablegen',
  takes: {
    parameters: { title: 'Diese Sitzung nimmt nur Sitzungsdateien an', detail: 'Bilder und Modelle gehören in eine Szene.' },
    single: { title: 'Eine Sitzungsdatei wird für sich importiert', detail: 'Legen Sie sie noch einmal ab, ohne andere Dateien.' },
    many: (most) => ({ title: `Höchstens ${most} Dateien auf einmal`, detail: 'Die ersten werden übernommen.' }),
  },
  refused: (file) => `„${file}“ wurde nicht hinzugefügt`,
  reasons: {
    kind: 'Eine Szene nimmt PNG-, JPEG- und WebP-Bilder, glb- und gltf-Modelle sowie Sitzungsdateien (.json) an.',
    'too-large': 'Die Datei ist größer als 20 MB.',
    unreadable: 'Die Datei ist nicht lesbar.',
    'empty-file': 'Die Datei ist leer.',
    'not-an-image': 'Die Datei ist kein PNG-, JPEG- oder WebP-Bild, oder sie ist beschädigt.',
    'too-many-pixels': 'Das Bild hat mehr als 64 Megapixel.',
    broken: 'Die Datei ist kein gültiges glTF-Modell, oder sie ist beschädigt.',
    version: 'Unterstützt wird nur glTF in Version 2.',
    external: 'Das Modell verweist auf andere Dateien. Exportieren Sie es als eine .glb-Datei, die alles enthält.',
    draco: 'Das Modell ist mit Draco komprimiert, was nicht unterstützt wird. Exportieren Sie es ohne oder mit meshopt.',
    basisu: 'Die Texturen sind komprimiert (KTX2), was nicht unterstützt wird. Exportieren Sie sie als PNG, JPEG oder WebP.',
    unsupported: 'Das Modell braucht eine glTF-Erweiterung, die nicht unterstützt wird.',
    'too-much': 'Das Modell ist zu umfangreich, um im Browser dargestellt zu werden.',
    empty: 'Das Modell enthält nichts, was sich darstellen lässt.',
  },
  heavy: (triangles) => ({ title: `Dieses Modell hat ${triangles.toLocaleString('de')} Dreiecke`, detail: 'Es kann die Darstellung verlangsamen, auch bei anderen.' }),
  upload: {
    uploading: (file) => `„${file}“ wird hochgeladen`,
    waiting: (file) => `„${file}“ wird hochgeladen, sobald Sie wieder online sind`,
    waitingTitle: 'Sie sind offline',
    waitingDetail: 'Dateien bleiben in diesem Tab und werden hochgeladen, sobald Sie wieder online sind.',
    failed: (file) => `„${file}“ wurde nicht hochgeladen`,
    again: 'Erneut versuchen',
    cancel: (file) => `„${file}“ nicht hochladen`,
    label: 'Uploads',
  },
  failures: {
    unreachable: 'Der Server ist nicht erreichbar.',
    'too-large': 'Der Server nimmt Dateien dieser Größe nicht an.',
    quota: 'In dieser Sitzung ist kein Platz für weitere Dateien.',
    content: 'Der Server hat den Inhalt nicht erkannt.',
    busy: 'Zu viele Dateien auf einmal. Warten Sie einen Moment.',
    closed: 'Die Sitzung ist geschlossen.',
    other: 'Der Server hat die Datei nicht angenommen.',
  },
  material: {
    title: 'Material',
    presets: { matte: 'Matt', satin: 'Seidenmatt', metal: 'Metall', glass: 'Glas' },
    roughness: 'Rauheit',
    metalness: 'Metall',
    opacity: 'Deckkraft',
  },
  light: {
    title: 'Licht',
    type: 'Art des Lichts',
    types: { point: 'Punkt', spot: 'Strahler', sun: 'Sonne' },
    intensity: 'Helligkeit',
    range: 'Reichweite in Metern',
    most: (most) => `Höchstens ${most} Lichter leuchten gleichzeitig: die, die dem Blickpunkt am nächsten sind. Keines wirft Schatten.`,
  },
  file: {
    title: 'Datei',
    replace: 'Datei ersetzen',
    image: (width, height) => `${width} × ${height} Pixel`,
    model: (triangles) => (triangles === 1 ? '1 Dreieck' : `${triangles.toLocaleString('de')} Dreiecke`),
    states: { loading: 'Wird geladen …', ready: 'Geladen', unseen: 'Nicht geladen' },
    failed: {
      missing: 'Die Datei ist nicht mehr vorhanden.',
      unreachable: 'Die Datei ist derzeit nicht ladbar.',
      broken: 'Die Datei lässt sich nicht darstellen.',
      none: 'Es ist keine Datei gewählt.',
    },
    opacity: 'Deckkraft',
  },
  thumbnail: (name) => `Bild von „${name}“`,
};

/** What lights, images, models and materials say. */
export const mediaMessages: MediaMessages = inLanguage({ en: english, de: german });
export const mediaCatalogues = { en: english, de: german };
