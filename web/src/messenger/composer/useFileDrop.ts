import { type DragEvent, useRef, useState } from 'react';

/** The props of an element on which files can be dropped, and whether some are over it. */
export function useFileDrop(onDrop: (files: readonly File[]) => void, isEnabled: boolean) {
  const [isOver, setIsOver] = useState(false);
  // Leaving an element for one inside it comes as both events.
  const depth = useRef(0);
  // Not beneath a dialog, such as the viewer.
  const hasFiles = ({ dataTransfer }: DragEvent) =>
    isEnabled && dataTransfer.types.includes('Files') && !document.querySelector('dialog[open]');
  const end = () => {
    depth.current = 0;
    setIsOver(false);
  };
  return {
    isOver: isOver && isEnabled,
    drop: {
      onDragEnter: (event: DragEvent) => {
        if (hasFiles(event)) {
          depth.current += 1;
          setIsOver(true);
        }
      },
      onDragLeave: (event: DragEvent) => {
        if (hasFiles(event) && --depth.current <= 0) {
          end();
        }
      },
      onDragOver: (event: DragEvent) => {
        if (hasFiles(event)) {
          // It can be dropped here.
          event.preventDefault();
        }
      },
      onDrop: (event: DragEvent) => {
        if (hasFiles(event)) {
          event.preventDefault();
          end();
          onDrop([...event.dataTransfer.files]);
        }
      },
    },
  };
}
