import { useState, useSyncExternalStore } from 'react';
import { common } from './common';
import { ConflictMark } from '../conflicts/ConflictMark';
import { LIGHTS, SHAPES, type LightLook, type SceneElement } from '../scene/sceneElement';
import { useWorkspace } from '../session/WorkspaceContext';
import { Button } from '../ui/Button';
import { assetStates, type AssetState } from './assetStates';
import { LightIcon } from './LightIcon';
import { MOST_LIGHTS } from './lightsThatShine';
import { MATERIAL_PRESETS, PRESET_LOOKS, presetOf } from './materialPresets';
import { setLook } from './mediaEdits';
import { mediaMessages as text } from './messages';
import { NumberSlider } from './NumberSlider';
import { chosenFiles } from './takeFiles';
import { uploadsOf } from './uploads';
import { useAssetUrl } from './useAssetUrl';

const idsOf = (elements: readonly SceneElement[]) => elements.map(({ id }) => id);

/** What the inspector offers for materials, lights, images and models; nothing where the elements have none of them in common. */
export function MediaFields({ elements }: { readonly elements: readonly SceneElement[] }) {
  const are = (kinds: readonly string[]) => elements.every(({ kind }) => kinds.includes(kind));
  const [only] = elements;
  if (only === undefined) return null;
  if (are(SHAPES)) return <MaterialFields elements={elements} />;
  if (are(['light'])) return <LightFields elements={elements} />;
  if (are(['image', 'model'])) return <FileFields elements={elements} />;
  return null;
}

function MaterialFields({ elements }: { readonly elements: readonly SceneElement[] }) {
  const workspace = useWorkspace();
  const ids = idsOf(elements);
  const preset = common(elements.map(({ material }) => presetOf(material)));
  return (
    <div className="field sheet-extra media-fields" role="group" aria-label={text.material.title} data-testid="material-fields">
      <span className="field-label">{text.material.title}</span>
      <div className="presets">
        {MATERIAL_PRESETS.map((each) => (
          <button
            key={each}
            type="button"
            className="preset"
            data-preset={each}
            aria-pressed={preset === each}
            onClick={() => setLook(workspace, ids, PRESET_LOOKS[each])}
            data-testid={`preset-${each}`}
          >
            <span className="preset-ball" aria-hidden="true" />
            {text.material.presets[each]}
          </button>
        ))}
      </div>
      {(['roughness', 'metalness', 'opacity'] as const).map((property) => (
        <MaterialSlider key={property} elements={elements} property={property} />
      ))}
    </div>
  );
}

function MaterialSlider({ elements, property }: { readonly elements: readonly SceneElement[]; readonly property: 'roughness' | 'metalness' | 'opacity' }) {
  const [only] = elements;
  return (
    <NumberSlider
      label={text.material[property]}
      value={common(elements.map(({ material }) => material[property]))}
      fallback={only?.material[property] ?? 1}
      min={property === 'opacity' ? 0.05 : 0}
      max={1}
      step={0.01}
      ids={idsOf(elements)}
      look={(value) => ({ [property]: value })}
      testId={property}
      mark={only && elements.length === 1 && <ConflictMark elementId={only.id} property={property} />}
    />
  );
}

function LightFields({ elements }: { readonly elements: readonly SceneElement[] }) {
  const workspace = useWorkspace();
  const ids = idsOf(elements);
  const lights = elements.flatMap(({ light }) => light ?? []);
  const type = common(lights.map((light) => light.type));
  return (
    <div className="field media-fields" role="group" aria-label={text.light.title} data-testid="light-fields">
      <span className="field-label">{text.light.title}</span>
      <div className="presets" role="group" aria-label={text.light.type}>
        {LIGHTS.map((each) => (
          <button key={each} type="button" className="preset" aria-pressed={type === each} onClick={() => setLook(workspace, ids, { light: each })} data-testid={`light-${each}`}>
            <LightIcon type={each} />
            {text.light.types[each]}
          </button>
        ))}
      </div>
      <LightSlider lights={lights} ids={ids} property="intensity" min={0} max={20} step={0.1} />
      {type !== 'sun' && <LightSlider lights={lights} ids={ids} property="range" min={0.5} max={100} step={0.5} />}
      <p className="field-hint">{text.light.most(MOST_LIGHTS)}</p>
    </div>
  );
}

interface LightSliderProps {
  readonly lights: readonly LightLook[];
  readonly ids: readonly string[];
  readonly property: 'intensity' | 'range';
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

function LightSlider({ lights, ids, property, ...limits }: LightSliderProps) {
  return (
    <NumberSlider
      label={text.light[property]}
      value={common(lights.map((light) => light[property]))}
      fallback={lights[0]?.[property] ?? 1}
      ids={ids}
      look={(value) => ({ [property]: value })}
      testId={`light-${property}`}
      {...limits}
    />
  );
}

function FileFields({ elements }: { readonly elements: readonly SceneElement[] }) {
  const [only] = elements;
  const images = elements.every(({ kind }) => kind === 'image');
  if (elements.length > 1 && !images) return null;
  return (
    <div className="field media-fields" role="group" aria-label={text.file.title} data-testid="file-fields">
      <span className="field-label">{text.file.title}</span>
      {only && elements.length === 1 && <FileState element={only} />}
      {images && <MaterialSlider elements={elements} property="opacity" />}
    </div>
  );
}

function FileState({ element }: { readonly element: SceneElement }) {
  const workspace = useWorkspace();
  const [choosing, setChoosing] = useState(false);
  const state = useAssetState(useAssetUrl(element.asset));
  const kind = element.kind === 'model' ? 'model' : 'image';
  const replace = async () => {
    setChoosing(true);
    const [file] = await chosenFiles(kind, false);
    setChoosing(false);
    if (file) await uploadsOf(workspace).replace(element.id, file);
  };
  return (
    <>
      <p className={state.status === 'failed' ? 'field-error' : 'field-hint'} data-state={state.status} data-testid="file-state">
        {stateText(state)}
      </p>
      <Button icon="upload" disabled={choosing} onClick={() => void replace()} data-testid="replace-file">
        {text.file.replace}
      </Button>
    </>
  );
}

const MISSING: AssetState = { status: 'failed', why: 'none' };

function useAssetState(url: string | undefined): AssetState {
  return useSyncExternalStore(assetStates.subscribe, () => (url === undefined ? MISSING : assetStates.of(url)));
}

function stateText(state: AssetState): string {
  if (state.status === 'failed') return text.file.failed[state.why];
  if (state.status !== 'ready') return text.file.states[state.status];
  if (state.pixels) return text.file.image(...state.pixels);
  if (state.triangles !== undefined) return text.file.model(state.triangles);
  return text.file.states.ready;
}
