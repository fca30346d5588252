// The levers for the world: when the call is, who calls, what offices do, how webhooks travel.

import { byId, make } from "./dom.js";
import { zoneName } from "./display.js";
import { OfficeLevers } from "./offices.js";
import { keep, recall } from "./storage.js";

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;
const TOKEN = "patchline-phone-caller";

export class Levers {
  #campaigns = [];
  #offices;

  /** `act` gets what is changed while a call goes on. */
  constructor(act) {
    this.#offices = new OfficeLevers((office) => act({ act: "office", office }));
    byId("webhooks").addEventListener("change", () => act({ act: "webhooks", webhooks: byId("webhooks").value }));
    byId("campaign").addEventListener("change", () => this.#showCampaign());
    byId("at").addEventListener("change", () => this.#showZone());
    byId("levers").addEventListener("submit", (event) => event.preventDefault());
    byId("caller").options[1].disabled = !this.token;
  }

  /** Offer the campaigns; one of them and a time may have been asked for. */
  show(campaigns, slug, at) {
    this.#campaigns = campaigns;
    const options = campaigns.map(({ slug, name, number }) => make("option", { value: slug }, `${name}, ${readable(number)}`));
    byId("campaign").replaceChildren(...options);
    if (campaigns.some((campaign) => campaign.slug === slug)) byId("campaign").value = slug;
    this.#showCampaign();
    if (!MOMENT.test(at ?? "")) return;
    byId("at").value = at;
    this.#showZone();
  }

  /** Let every office do the same. */
  setOffices(manner) {
    this.#offices.setAll(manner);
  }

  get campaign() {
    return this.#campaigns.find(({ slug }) => slug === byId("campaign").value);
  }

  /** The call to dial, as the API takes it. */
  get call() {
    const { number, zone } = this.campaign;
    return {
      number,
      zone,
      at: byId("at").value,
      caller: byId("caller").value,
      returning_as: byId("caller").value === "returning" ? this.token : "",
      offices: this.#offices.conduct,
      webhooks: byId("webhooks").value,
    };
  }

  /** The caller of the last call, as the server knows them again; kept while the window is open. */
  get token() {
    return recall("sessionStorage", TOKEN);
  }

  remember(token) {
    if (!token) return;
    keep("sessionStorage", TOKEN, token);
    byId("caller").options[1].disabled = false;
  }

  /** A call begins or ends: who calls and when is no longer, or again, to be chosen. */
  lock(isLocked) {
    byId("before").disabled = isLocked;
    byId("campaign").disabled = isLocked;
  }

  /** Losing one answer is over once it was lost. */
  notice(webhooks) {
    if (byId("webhooks").value === "lose-next" && webhooks.at(-1)?.failure) byId("webhooks").value = "normal";
  }

  #showCampaign() {
    const { offices, default_at: at } = this.campaign;
    this.#offices.show(offices);
    byId("at").value = at;
    const day = at.slice(0, 10);
    const presets = { Morning: at, Evening: `${day}T19:30`, "Christmas Day": `${at.slice(0, 4)}-12-25T10:00` };
    byId("presets").replaceChildren(...Object.entries(presets).map(([label, value]) => this.#preset(label, value)));
    this.#showZone();
  }

  #preset(label, value) {
    const button = make("button", { type: "button", class: "button button-small" }, label);
    button.addEventListener("click", () => {
      byId("at").value = value;
      this.#showZone();
    });
    return button;
  }

  #showZone() {
    const { zone } = this.campaign;
    const moment = new Date(byId("at").value);
    if (Number.isNaN(moment.getTime())) return;
    const day = new Intl.DateTimeFormat("en-US", { weekday: "long" }).format(moment);
    byId("zone").textContent = `A ${day}, ${zoneName(moment, zone)} (${zone})`;
  }
}

/** A number as it is written in North America; others stay as they are. */
function readable(number) {
  return number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "+1 $1-$2-$3");
}
