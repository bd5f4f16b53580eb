/** Two linked rings. */
export function Logo({ size = 32 }: { readonly size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="#5a3fd1" />
      <g fill="none" stroke="#fff" strokeWidth="3.2" strokeLinecap="round">
        <path d="M14.2 9.6a7 7 0 1 0 0 12.8" />
        <path d="M17.8 9.6a7 7 0 1 1 0 12.8" />
        <path d="M13 16h6" />
      </g>
    </svg>
  );
}
