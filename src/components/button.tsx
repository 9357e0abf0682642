import React from 'react';

interface IButtonProps extends React.ButtonHTMLAttributes<HTMLButtonElement> {
  /** Why nothing would happen; it keeps the focus all the same. */
  isOff?: boolean;
}

/** A button of the panel. One that is off can still be found, and says so. */
export function Button(props: IButtonProps): JSX.Element {
  const { isOff = false, onClick, title, className, ...others } = props;
  const classes = ['jp-Math4mlButton', className].filter(Boolean).join(' ');
  return (
    <button
      {...others}
      type="button"
      className={classes}
      title={title || undefined}
      aria-disabled={isOff || undefined}
      onClick={isOff ? undefined : onClick}
    />
  );
}
