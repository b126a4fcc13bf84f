import type { CSSProperties } from 'react';
import { inkOn } from '../app/colors';
import { elementName } from '../session/wording';
import { useDocument, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { MARK_COLORS, markTag, SIGNS } from './compare';
import { compareMessages } from './compareMessages';

/** What became of things, written at them in the scene, which moves these tags each frame. */
export function MarkTags() {
  const workspace = useWorkspace();
  const document = useDocument();
  const marks = useWorkspaceState((state) => state.marks);
  return (
    <div className="pointer-tags" aria-hidden="true">
      {marks.map(({ element, kind }) => (
        <div
          key={element}
          ref={(tag) => {
            if (!tag) return undefined;
            tag.hidden = true;
            workspace.tags.set(markTag(element), tag);
            workspace.view?.invalidate();
            return () => {
              workspace.tags.delete(markTag(element));
            };
          }}
          className="pointer-tag mark-tag"
          style={{ background: MARK_COLORS[kind], color: inkOn(MARK_COLORS[kind]) } as CSSProperties}
          data-testid="mark-tag"
          data-element-id={element}
          data-kind={kind}
          title={elementName(document, element)}
        >
          {SIGNS[kind]} {compareMessages.kind[kind]}
        </div>
      ))}
    </div>
  );
}
