import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal } from '@lumino/signaling';

import type { IExercisesClient, ISettings } from './tokens';
import type { Preferences } from './wire';

export type Side = 'left' | 'right';

/** The learner's settings, also where there is no registry to read them from. */
export class Settings implements ISettings {
  constructor(private readonly _client: IExercisesClient) {}

  readonly changed = new Signal<this, void>(this);
  /** The server knows of a change that was its business; cells that are watched learn it when they are watched again. */
  readonly told = new Signal<this, void>(this);

  /** Check each exercise when its cell has run. */
  get autoCheck(): boolean {
    return this._value('autoCheck') !== false;
  }

  get side(): Side {
    return this._value('side') === 'left' ? 'left' : 'right';
  }

  /** Show how an exercise stands beside its cell. */
  get badges(): boolean {
    return this._value('badges') !== false;
  }

  /** Show what authors of exercises need. */
  get authorMode(): boolean {
    return this._authorMode ?? this._value('authorMode') === true;
  }

  /** Switch author mode, and keep that where there is something to keep it in. */
  async setAuthorMode(isOn: boolean): Promise<void> {
    if (this._settings) {
      await this._settings.set('authorMode', isOn);
    } else {
      this._authorMode = isOn;
      this.changed.emit();
    }
  }

  /** Read the settings now and whenever they change; what the server has to know is sent to it. */
  async load(registry: ISettingRegistry, plugin: string): Promise<void> {
    this._settings = await registry.load(plugin);
    this._authorMode = null;
    this._settings.changed.connect(this._onChanged, this);
    this._onChanged();
  }

  /** Tell the server what it has to know, now and from now on: nothing is asked of it before there is a notebook. */
  begin(): void {
    this._hasBegun = true;
    this._tell();
  }

  private _value(name: string): unknown {
    return this._settings?.get(name).composite;
  }

  private _onChanged(): void {
    this.changed.emit();
    this._tell();
  }

  private _tell(): void {
    if (!this._hasBegun || !this._settings) {
      return;
    }
    const preferences: Preferences = {
      gates: this._value('gates') as Preferences['gates'],
      time_limit: this._value('timeLimit') as number | undefined
    };
    const sent = JSON.stringify(preferences);
    if (sent !== this._sent) {
      this._sent = sent;
      // Without the server's part there is nothing that they would hold for.
      this._client.preferences(preferences).then(
        () => this.told.emit(),
        () => undefined
      );
    }
  }

  private _settings: ISettingRegistry.ISettings | null = null;
  private _authorMode: boolean | null = null;
  private _hasBegun = false;
  private _sent = '{}';
}
