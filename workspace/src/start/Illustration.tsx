/** Three solids and two people on a stage: what a session is, without words. */
export function Illustration() {
  return (
    <svg className="illustration" viewBox="0 0 320 150" fill="none" aria-hidden="true" focusable="false">
      <g className="illustration-grid">
        <path d="M160 28 300 88 160 148 20 88Z M125 43 265 103M90 58 230 118M55 73 195 133M195 43 55 103M230 58 90 118M265 73 125 133" />
      </g>
      <g>
        <path d="M104 58 132 70v32l-28-12Z" fill="#c8573c" />
        <path d="M132 70 160 58v32l-28 12Z" fill="#e76f51" />
        <path d="M104 58 132 46l28 12-28 12Z" fill="#f39178" />
      </g>
      <g>
        <ellipse cx="186" cy="118" rx="21" ry="8" className="illustration-shade" />
        <circle cx="186" cy="99" r="20" fill="#f2b04c" />
        <path d="M172 92a16 16 0 0 1 18-9" stroke="#fbdca6" strokeWidth="4" strokeLinecap="round" />
      </g>
      <g>
        <path d="M222 46 202 88c0 5 9 9 20 9s20-4 20-9L222 46Z" fill="#2a9d8f" />
        <path d="M222 46 202 88c0 3 3 5.5 8 7.200L222 46Z" fill="#1f7f74" />
      </g>
      <g>
        <path d="m84 104 7 20 4-8 9-2Z" fill="#2f74c0" />
        <rect x="103" y="114" width="40" height="15" rx="7.5" fill="#2f74c0" />
        <path d="M112 121.500h22" stroke="#fff" strokeWidth="3" strokeLinecap="round" opacity="0.85" />
      </g>
      <g>
        <path d="m246 58 7 20 4-8 9-2Z" fill="#b0479b" />
        <rect x="265" y="68" width="34" height="15" rx="7.5" fill="#b0479b" />
        <path d="M274 75.500h16" stroke="#fff" strokeWidth="3" strokeLinecap="round" opacity="0.85" />
      </g>
    </svg>
  );
}
