import { ProblemError } from '@chorale/client';
import { changeLook, putPicture, readAppearance, removePicture, type Person } from '@chorale/client/account';
import { useCallback, useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Avatar } from '../presence/Avatar';
import { Button } from '../ui/Button';
import '../styles/profile.css';
import { HeadDrawing } from './HeadDrawing';
import { avatarLook, EXTRAS, HATS, headLook, PLAIN_LOOK, SHAPES, TINT_COLORS, TINTS, wornBy, type Extra, type HeadLook, type Tint } from './look';
import { profileMessages as text } from './messages';
import { squarePicture } from './squarePicture';

type Progress = { readonly is: 'idle' | 'saving' | 'saved' } | { readonly is: 'failed'; readonly why: string };

interface ProfileLookProps {
  /** Gives an access token of whoever is signed in. */
  readonly token: () => Promise<string>;
  /** As the profile has it now: the head's own colour. */
  readonly color: string;
  readonly name: string;
}

/** One's head in scenes and one's picture in lists: seen, chosen and kept as one chooses. */
export function ProfileLook({ token, color, name }: ProfileLookProps) {
  const [person, setPerson] = useState<Person | 'loading' | 'unreachable'>('loading');
  const load = useCallback(() => {
    setPerson('loading');
    token()
      .then((bearer) => readAppearance(window.location.origin, bearer))
      .then(setPerson, () => setPerson('unreachable'));
  }, [token]);
  useEffect(load, [load]);

  return (
    <section className="profile-look" aria-label={text.look} data-testid="profile-look">
      <h2 className="profile-heading">{text.look}</h2>
      <p className="profile-detail">{text.lookDetail}</p>
      {person === 'loading' && <p role="status">{text.loading}</p>}
      {person === 'unreachable' && (
        <p role="alert" className="field-error">
          {text.unreachable} <Button onClick={load}>{text.again}</Button>
        </p>
      )}
      {typeof person === 'object' && (
        <>
          <HeadEditor token={token} color={color} initial={person.look === undefined ? PLAIN_LOOK : headLook(person.look)} />
          <PictureEditor token={token} color={color} name={name} initial={person.picture} />
        </>
      )}
    </section>
  );
}

function HeadEditor({ token, color, initial }: { readonly token: () => Promise<string>; readonly color: string; readonly initial: HeadLook }) {
  const [look, setLook] = useState(initial);
  const [progress, keep] = useKeeping();
  const choose = (change: Partial<HeadLook>) => {
    const next = { ...look, ...change };
    setLook(next);
    keep(async () => changeLook(window.location.origin, await token(), avatarLook(next)));
  };
  const toggle = (extra: Extra) => choose({ extras: look.extras.includes(extra) ? look.extras.filter((each) => each !== extra) : [...look.extras, extra] });
  const worn = wornBy(look).map((each) => ({ ...text.hats, ...text.extra })[each]);
  return (
    <div className="head-editor">
      <div className="head-stage">
        <HeadDrawing look={look} color={color} size={148} label={text.preview(text.shapes[look.shape], worn)} />
        <ProgressNote progress={progress} />
      </div>
      <div className="head-choices">
        <Choice label={text.shape} testId="look-shape" value={look.shape} options={SHAPES} name={(shape) => text.shapes[shape]} onChange={(shape) => choose({ shape })}>
          {(shape) => <HeadDrawing look={{ ...PLAIN_LOOK, visor: look.visor, shape }} color={color} size={60} />}
        </Choice>
        <TintChoice label={text.visor} testId="look-visor" value={look.visor} onChange={(visor) => choose({ visor })} />
        <Choice
          label={text.hat}
          testId="look-hat"
          value={look.hat ?? 'none'}
          options={['none', ...HATS] as const}
          name={(hat) => (hat === 'none' ? text.nothing : text.hats[hat])}
          onChange={(hat) => choose({ hat: hat === 'none' ? undefined : hat })}
        >
          {(hat) => <HeadDrawing look={{ ...PLAIN_LOOK, shape: look.shape, visor: look.visor, accent: look.accent, hat: hat === 'none' ? undefined : hat }} color={color} size={60} />}
        </Choice>
        <fieldset className="look-choice" data-testid="look-extras">
          <legend>{text.extras}</legend>
          <div className="look-options">
            {EXTRAS.map((extra) => (
              <label key={extra} className="look-option">
                <input type="checkbox" checked={look.extras.includes(extra)} onChange={() => toggle(extra)} />
                <span className="look-face">
                  <HeadDrawing look={{ ...PLAIN_LOOK, shape: look.shape, visor: look.visor, accent: look.accent, extras: [extra] }} color={color} size={60} />
                </span>
                <span>{text.extra[extra]}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <TintChoice label={text.accent} testId="look-accent" value={look.accent} onChange={(accent) => choose({ accent })} />
      </div>
    </div>
  );
}

interface ChoiceProps<W extends string> {
  readonly label: string;
  readonly testId: string;
  readonly value: W;
  readonly options: readonly W[];
  readonly name: (option: W) => string;
  readonly onChange: (option: W) => void;
  readonly children: (option: W) => ReactNode;
}

/** One of a few, each with its picture: radio buttons of the browser. */
function Choice<W extends string>({ label, testId, value, options, name, onChange, children }: ChoiceProps<W>) {
  const group = useId();
  return (
    <fieldset className="look-choice" data-testid={testId}>
      <legend>{label}</legend>
      <div className="look-options">
        {options.map((option) => (
          <label key={option} className="look-option">
            <input type="radio" name={group} value={option} checked={option === value} onChange={() => onChange(option)} />
            <span className="look-face">{children(option)}</span>
            <span>{name(option)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function TintChoice({ label, testId, value, onChange }: { readonly label: string; readonly testId: string; readonly value: Tint; readonly onChange: (tint: Tint) => void }) {
  const group = useId();
  return (
    <fieldset className="look-choice" data-testid={testId}>
      <legend>{label}</legend>
      <div className="look-tints">
        {TINTS.map((tint) => (
          <label key={tint} className="look-tint" title={text.tints[tint]}>
            <input type="radio" name={group} value={tint} checked={tint === value} aria-label={text.tints[tint]} onChange={() => onChange(tint)} />
            <span style={{ backgroundColor: TINT_COLORS[tint] }} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface PictureEditorProps extends ProfileLookProps {
  readonly initial: string | undefined;
}

function PictureEditor({ token, color, name, initial }: PictureEditorProps) {
  const [picture, setPicture] = useState(initial);
  const [progress, keep] = useKeeping();
  const input = useRef<HTMLInputElement>(null);
  const send = (file: File) =>
    keep(async () => {
      const small = await squarePicture(file);
      if (small === undefined) throw new NotAPicture();
      setPicture(await putPicture(window.location.origin, await token(), small));
    });
  const remove = () =>
    keep(async () => {
      await removePicture(window.location.origin, await token());
      setPicture(undefined);
    });
  return (
    <div className="picture-editor" data-testid="profile-picture">
      <Avatar name={name} color={color} picture={picture} size="large" />
      <div>
        <h3 className="profile-subheading">{text.picture}</h3>
        <p className="profile-detail">{text.pictureDetail}</p>
        <input
          ref={input}
          type="file"
          accept="image/png,image/jpeg,image/webp"
          hidden
          data-testid="picture-file"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) send(file);
            event.currentTarget.value = '';
          }}
        />
        <div className="picture-actions">
          <Button icon="image" onClick={() => input.current?.click()} data-testid="picture-choose">
            {picture === undefined ? text.choosePicture : text.otherPicture}
          </Button>
          {picture !== undefined && (
            <Button onClick={remove} data-testid="picture-remove">
              {text.removePicture}
            </Button>
          )}
          <ProgressNote progress={progress} />
        </div>
      </div>
    </div>
  );
}

class NotAPicture extends Error {}

/** Keeps one choice after the other, and tells how that goes: only the last one's end is told. */
function useKeeping(): readonly [Progress, (keep: () => Promise<void>) => void] {
  const [progress, setProgress] = useState<Progress>({ is: 'idle' });
  const last = useRef<Promise<void>>(Promise.resolve());
  const keep = useCallback((what: () => Promise<void>) => {
    setProgress({ is: 'saving' });
    const mine = last.current.then(what);
    const settled = mine.then(
      () => ({ is: 'saved' }) as const,
      (failure: unknown) => ({ is: 'failed', why: reason(failure) }) as const,
    );
    const done = settled.then((end) => {
      if (last.current === done) setProgress(end);
    });
    last.current = done;
  }, []);
  return [progress, keep];
}

function reason(failure: unknown): string {
  if (failure instanceof NotAPicture) return text.notAPicture;
  return failure instanceof ProblemError && failure.problem.status < 500 ? (failure.problem.detail ?? failure.problem.title) : text.unreachable;
}

function ProgressNote({ progress }: { readonly progress: Progress }) {
  return (
    <span role="status" className={progress.is === 'failed' ? 'keeping keeping-failed' : 'keeping'} data-progress={progress.is}>
      {progress.is === 'saving' && text.saving}
      {progress.is === 'saved' && text.saved}
      {progress.is === 'failed' && text.failed(progress.why)}
    </span>
  );
}
