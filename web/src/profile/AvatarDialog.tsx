import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from 'react';
import { useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { encodeSquare } from '@/files/prepareFile';
import { accountTexts } from '@/texts/account';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Dialog, DialogActions } from '@/ui/Dialog';
import styles from './AvatarDialog.module.css';
import { type Crop, largestZoom, moved, squareOf, wholeCrop, within } from './cropping';
import { uploadAvatar } from './uploadAvatar';

const said = accountTexts.avatar;
// Of what is shown, and larger than it is shown anywhere.
const shownSide = 640;
const step = 0.05;

interface AvatarDialogProps {
  readonly picture: ImageBitmap;
  /** Called with the id of the uploaded picture. */
  readonly onDone: (id: string) => void;
  readonly onClose: () => void;
}

/** Cuts a square out of a picture and uploads it. */
export function AvatarDialog({ picture, onDone, onClose }: AvatarDialogProps) {
  const api = useApi();
  const canvas = useRef<HTMLCanvasElement>(null);
  const zoomId = useId();
  const [crop, setCrop] = useState<Crop>(wholeCrop);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  useEffect(() => {
    const { left, top, side } = squareOf(crop, picture);
    const context = canvas.current?.getContext('2d');
    context?.clearRect(0, 0, shownSide, shownSide);
    context?.drawImage(picture, left, top, side, side, 0, 0, shownSide, shownSide);
  }, [crop, picture]);
  const move = (right: number, down: number) => setCrop((now) => moved(now, right, down, picture));
  const zoom = (to: number) => setCrop((now) => within({ ...now, zoom: to }, picture));
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) {
      const { clientWidth } = event.currentTarget;
      move(-event.movementX / clientWidth, -event.movementY / clientWidth);
    }
  };
  const keys = (event: KeyboardEvent) => {
    const actions: Partial<Record<string, () => void>> = {
      ArrowLeft: () => move(-step, 0),
      ArrowRight: () => move(step, 0),
      ArrowUp: () => move(0, -step),
      ArrowDown: () => move(0, step),
      '+': () => zoom(crop.zoom + step * 2),
      '-': () => zoom(crop.zoom - step * 2),
    };
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  };
  const use = async () => {
    setBusy(true);
    setRefused(undefined);
    try {
      onDone(await uploadAvatar(api, await encodeSquare(picture, squareOf(crop, picture))));
    } catch (error) {
      setRefused(Problem.from(error).detail);
      setBusy(false);
    }
  };
  return (
    <Dialog title={said.crop} onClose={onClose}>
      <p className="hint">{said.cropHow}</p>
      {/* It is moved like a map: by dragging, and by the arrow keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        className={styles.stage}
        role="application"
        aria-label={said.cropArea}
        data-first
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onKeyDown={keys}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
      >
        <canvas ref={canvas} width={shownSide} height={shownSide} className={styles.canvas} />
        <span className={styles.ring} />
      </div>
      <div className={styles.zoom}>
        <label htmlFor={zoomId}>{said.zoom}</label>
        <input
          id={zoomId}
          type="range"
          min={1}
          max={largestZoom}
          step={step}
          value={crop.zoom}
          onChange={(event) => zoom(event.target.valueAsNumber)}
        />
      </div>
      {refused !== undefined && (
        <p className="problem" role="alert">
          {refused}
        </p>
      )}
      <DialogActions>
        <Button onClick={onClose}>{texts.common.cancel}</Button>
        <Button tone="main" busy={busy} onClick={() => void use()}>
          {busy ? said.uploading : said.use}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
