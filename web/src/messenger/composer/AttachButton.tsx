import { Camera, ImagePlus, Paperclip } from 'lucide-react';
import { type InputHTMLAttributes, type RefObject, useRef } from 'react';
import { acceptedTypes } from '@/files/fileKinds';
import { fileTexts as said } from '@/texts/files';
import { useCoarsePointer } from '@/ui/environment';
import { IconButton } from '@/ui/IconButton';
import { Menu, MenuItem } from '@/ui/Menu';

interface AttachButtonProps {
  readonly onPick: (files: readonly File[]) => void;
}

/** Picks files for a message. A phone can also take a photo. */
export function AttachButton({ onPick }: AttachButtonProps) {
  const coarse = useCoarsePointer();
  const files = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  return (
    <span>
      {coarse ? (
        <Menu trigger={(opens) => <IconButton label={said.attach} icon={Paperclip} {...opens} />}>
          <MenuItem icon={Camera} onSelect={() => camera.current?.click()}>
            {said.takePhoto}
          </MenuItem>
          <MenuItem icon={ImagePlus} onSelect={() => files.current?.click()}>
            {said.choose}
          </MenuItem>
        </Menu>
      ) : (
        <IconButton label={said.attach} icon={Paperclip} onClick={() => files.current?.click()} />
      )}
      <FileInput ref={files} onPick={onPick} accept={acceptedTypes} multiple aria-label={said.choose} />
      <FileInput ref={camera} onPick={onPick} accept="image/*" capture="environment" aria-label={said.takePhoto} />
    </span>
  );
}

interface FileInputProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly ref: RefObject<HTMLInputElement | null>;
  readonly onPick: (files: readonly File[]) => void;
}

/** The browser's own control, which a button opens. */
function FileInput({ onPick, ...input }: FileInputProps) {
  return (
    <input
      {...input}
      type="file"
      hidden
      onChange={({ currentTarget }) => {
        onPick([...(currentTarget.files ?? [])]);
        // The same file can be picked again.
        currentTarget.value = '';
      }}
    />
  );
}
