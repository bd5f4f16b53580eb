import { WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { texts } from '@/texts/texts';
import { useOnline } from '@/ui/environment';
import { useLiveStatus } from './live';
import styles from './LiveBanner.module.css';

// Shorter interruptions are not shown.
const delay = 2_000;

/** A banner while the live connection is down. */
export function LiveBanner() {
  const status = useLiveStatus();
  const online = useOnline();
  const broken = useDelayed(status === 'broken');
  return (
    <div role="status">
      {(!online || broken) && (
        <p className={styles.banner}>
          <WifiOff size={18} aria-hidden="true" />
          <span>{online ? texts.live.reconnecting : texts.live.offline}</span>
        </p>
      )}
    </div>
  );
}

function useDelayed(value: boolean): boolean {
  const [delayed, setDelayed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), value ? delay : 0);
    return () => clearTimeout(timer);
  }, [value]);
  return value && delayed;
}
