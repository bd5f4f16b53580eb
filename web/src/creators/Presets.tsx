import { ToggleChip } from '@/ui/ToggleChip';
import styles from './Presets.module.css';

interface Preset {
  readonly name: string;
  readonly chosen: boolean;
  readonly choose: () => void;
}

/** Preset values. Pressing the selected one clears it. */
export function Presets({
  label,
  options,
  clear,
}: {
  readonly label: string;
  readonly options: readonly Preset[];
  readonly clear: () => void;
}) {
  return (
    <ul className={styles.presets} aria-label={label}>
      {options.map(({ name, chosen, choose }) => (
        <li key={name}>
          <ToggleChip isOn={chosen} onClick={chosen ? clear : choose}>
            {name}
          </ToggleChip>
        </li>
      ))}
    </ul>
  );
}
