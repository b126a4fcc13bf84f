/** Why something did not work, read aloud as it comes. */
export function FormError({ children }: { readonly children: string | undefined }) {
  return children === undefined ? null : (
    <p className="form-error" role="alert" data-testid="account-error">
      {children}
    </p>
  );
}
