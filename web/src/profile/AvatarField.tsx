import { ImagePlus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { acceptedPictures } from '@/files/fileKinds';
import { previewOf } from '@/files/previews';
import { accountTexts } from '@/texts/account';
import { Avatar } from '@/ui/Avatar';
import { Button } from '@/ui/Button';
import { lazyPage } from '@/ui/lazyPage';
import { Loading } from '@/ui/Loading';
import { useToasts } from '@/ui/toasts';
import styles from './AvatarField.module.css';
import type { AvatarDialog } from './AvatarDialog';
import { errorOf, type FormPart } from './readDraft';

const said = accountTexts.avatar;

const dialog = lazyPage<Parameters<typeof AvatarDialog>[0]>(async () => (await import('./AvatarDialog')).AvatarDialog);

/** The member's picture: uploaded and cut to a square, or none. */
export function AvatarField({ draft, errors, edit }: FormPart) {
  const toasts = useToasts();
  const input = useRef<HTMLInputElement>(null);
  const [picture, setPicture] = useState<ImageBitmap>();
  const url = draft.avatar === '' ? draft.avatarUrl : previewOf(draft.avatar);
  const has = draft.avatar !== '' || draft.avatarUrl !== '';
  const error = errorOf(errors, 'avatar') ?? errorOf(errors, 'avatarUrl');
  const pick = async (file: File | undefined) => {
    if (file) {
      try {
        const { openPicture } = await import('@/files/prepareFile');
        setPicture(await openPicture(file));
      } catch {
        toasts.refuse(said.notOpened, said.notOpenedWhy);
      }
    }
  };
  const close = () => {
    picture?.close();
    setPicture(undefined);
  };
  return (
    <div
      className={styles.field}
      role="group"
      aria-label={accountTexts.profile.labels.avatarUrl}
      data-invalid={error !== undefined || undefined}
    >
      <Avatar name={draft.displayName} url={url === '' ? undefined : url} size={96} />
      <div className={styles.words}>
        <p className="hint">{has ? said.has : said.hasNone}</p>
        <div className={styles.choices}>
          <Button size="small" icon={ImagePlus} onClick={() => input.current?.click()}>
            {has ? said.change : said.choose}
          </Button>
          {has && (
            <Button size="small" tone="quiet" icon={Trash2} onClick={() => edit({ avatar: '', avatarUrl: '' })}>
              {said.remove}
            </Button>
          )}
        </div>
        {error !== undefined && <p className="field-error">{error}</p>}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept={acceptedPictures}
        aria-label={said.choose}
        onChange={({ currentTarget }) => {
          void pick(currentTarget.files?.[0]);
          currentTarget.value = '';
        }}
      />
      {picture && (
        <Loading resetKey="avatar">
          <dialog.Page
            picture={picture}
            onDone={(id) => {
              edit({ avatar: id, avatarUrl: '' });
              close();
            }}
            onClose={close}
          />
        </Loading>
      )}
    </div>
  );
}
