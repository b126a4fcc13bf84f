/** What the pointer that is down right now began on; lets a click on the gizmo not be one on what lies behind it. */
export interface Press {
  onGizmo: boolean;
}
