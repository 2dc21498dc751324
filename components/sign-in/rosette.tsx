const TURNS = 30;

/** A guilloche, the engraving of banknotes and bills: an ellipse turned round its centre. */
export function Rosette({ className }: { className?: string }) {
  const steps = Array.from({ length: TURNS }, (_, index) => (index * 180) / TURNS);
  return (
    <svg viewBox="-300 -300 600 600" aria-hidden="true" className={className}>
      <g fill="none" stroke="currentColor" strokeWidth="0.75">
        {steps.map((angle) => (
          <ellipse key={angle} rx="292" ry="118" transform={`rotate(${angle})`} />
        ))}
        {steps.map((angle) => (
          <ellipse key={angle} rx="112" ry="40" transform={`rotate(${angle})`} />
        ))}
      </g>
    </svg>
  );
}
