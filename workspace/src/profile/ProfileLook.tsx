import { ProblemError } from '@chorale/client';
import { putPicture, removePicture, updateMe, type User } from '@chorale/client/account';
import { useCallback, useId, useRef, useState, type ReactNode } from 'react';
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
  readonly user: User;
  /** Hears of the account as it is after each choice. */
  readonly onChange: (user: User) => void;
}

/** One's head in scenes and one's picture in lists: seen, chosen and kept as one chooses. */
export function ProfileLook(props: ProfileLookProps) {
  return (
    <div className="profile-look" data-testid="profile-look">
      <HeadEditor {...props} />
      <PictureEditor {...props} />
    </div>
  );
}

function HeadEditor({ token, user, onChange }: ProfileLookProps) {
  const { color } = user;
  const [look, setLook] = useState(() => headLook(user.look));
  const [progress, keep] = useKeeping();
  const choose = (change: Partial<HeadLook>) => {
    const next = { ...look, ...change };
    setLook(next);
    keep(async () => onChange(await updateMe(window.location.origin, await token(), { look: avatarLook(next) })));
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

function PictureEditor({ token, user, onChange }: ProfileLookProps) {
  const { name, color, picture } = user;
  const [progress, keep] = useKeeping();
  const input = useRef<HTMLInputElement>(null);
  const send = (file: File) =>
    keep(async () => {
      const small = await squarePicture(file);
      if (small === undefined) throw new NotAPicture();
      onChange({ ...user, picture: await putPicture(window.location.origin, await token(), small) });
    });
  const remove = () =>
    keep(async () => {
      await removePicture(window.location.origin, await token());
      const { picture: _removed, ...rest } = user;
      onChange(rest);
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
