"""What Patchline says in Spanish. A native speaker of the campaign should read it before it is used."""

from types import MappingProxyType

from app.flow.prompts.keys import Language, P

SPANISH = Language(
    code="es",
    locale="es-MX",
    voice="Polly.Mia",
    placeholders=MappingProxyType({"[NAME]": "su nombre", "[CITY]": "su ciudad", "[OFFICE]": "la oficina"}),
    conjunction="y",
    today="hoy {at}",
    on_day="el {day} {at}",
    at_hour="a las {hour}",
    at_one="a la {hour}",
    after_noon=" de la tarde",
    days=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    months=(
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
    date_form="{day} {number} de {month}",
    callers=("Dos", "Tres", "Cuatro", "Cinco", "Seis", "Siete", "Ocho", "Nueve", "Diez"),
    sentences=MappingProxyType(
        {
            P.OTHER_LANGUAGE: "Para español, oprima nueve.",
            P.MENU_FIRST: "Para la mejor oficina disponible, / oprima numeral. // O elija una.",
            P.MENU_OFFICE_FIRST: "{office}, / oprima {key}.",
            P.MENU_OFFICE: "{office}, {key}.",
            P.MENU_OFFICE_CLOSED: "{office}, ahora cerrada, {key}.",
            P.MENU_MORE: "Más oficinas, {key}.",
            P.MENU_LAST: "Para el guion completo, / oprima 8. // Para repetir, 0.",
            P.CONNECT_FIRST: "Llamando a la oficina de {office}. // Suelen contestar en inglés; "
            "puede pedir: {phrase}. // Oprima asterisco para terminar esa llamada y volver aquí.",
            P.CONNECT_LATER: "Llamando a {office}. // Asterisco para volver.",
            P.OUTCOME: "Está de vuelta con nosotros. // Si habló con alguien, / oprima 1. // Si dejó mensaje, 2. // "
            "Si no pudo comunicarse, 3. // Para omitir, numeral.",
            P.THANKS_COUNT: "Gracias. Lleva {count} de {total}.",
            P.THANKS: "Gracias.",
            P.NEXT: "Sigue {office}. // Para llamar, / oprima numeral. // Para la lista, 0.",
            P.FINISH: "Para terminar, cuelgue.",
            P.TRY: "Para llamar a {office}, / oprima numeral. // Para la lista, 0.",
            P.BUSY: "{office} está ocupada; sigue en su lista.",
            P.NO_ANSWER: "En {office} no contestaron; sigue en su lista.",
            P.FAILED: "Esa llamada no se completó; ya avisamos al equipo.",
            P.NONE_LEFT: "No hay otra oficina que sugerir ahora.",
            P.NO_OFFER: "Para la lista, / oprima 0. // Para terminar, cuelgue.",
            P.CLOSED: "{office} está cerrada.",
            P.CLOSED_TIP: "Puede dejar un mensaje: diga su nombre, dirección y petición.",
            P.CLOSED_KEYS: "Para hacerlo, / oprima numeral. // Para otra oficina, 0.",
            P.ALL_CLOSED_UNTIL: "Las oficinas están cerradas y abren {when}.",
            P.ALL_CLOSED: "Las oficinas están cerradas.",
            P.HOLIDAY: "Hoy es feriado federal; las oficinas abren {when}.",
            P.ALL_CLOSED_KEYS: "Para dejar un mensaje ahora, / oprima numeral. // Para la lista, 0.",
            P.SCRIPT: "Guion completo. // Para elegir oficina, / oprima numeral.",
            P.SCRIPT_END: "Ese fue el guion. // Para la mejor oficina, / oprima numeral. // Para oírlo otra vez, 0.",
            P.SILENT_1: "Sin prisa. // Para la mejor oficina disponible, / oprima numeral. // Para oír la lista, 0.",
            P.SILENT_2: "¿Sigue ahí? // También puede decir una ciudad, por ejemplo, {office}. // "
            "Si necesita más tiempo, / oprima 0.",
            P.SILENT_LAST: "Lo dejamos por ahora. // El guion y los números están en nuestra página, "
            "y puede volver a llamar cuando guste. Hasta pronto.",
            P.WRONG_KEY: "Esa tecla no se usa aquí. // Para la mejor oficina disponible, / oprima numeral. // "
            "Para la lista, 0.",
            P.NOT_HEARD: "No le entendimos. // Para la mejor oficina disponible, / oprima numeral. // "
            "Para la lista, 0.",
            P.SCAN: "Vamos una por una. // Oprima cualquier tecla al oír su oficina.",
            P.BACK: "Qué gusto oírle de nuevo.",
            P.BACK_SOME: "Qué gusto oírle de nuevo. Ya llamó a {offices}.",
            P.BACK_MANY: "Qué gusto oírle de nuevo. Ya llamó a {count} oficinas.",
            P.BACK_ALL: "Qué gusto oírle. Ya llamó a las {total} oficinas, y volver a llamar ayuda. // "
            "Oprima el número de una oficina, o 0 para la lista.",
            P.BACK_ALL_ONE: "Qué gusto oírle. Ya llamó a {office}, y volver a llamar ayuda. // "
            "Para llamar, / oprima numeral.",
            P.LIMIT: "Hoy ya llamó {count} veces a {office}; probemos otra.",
            P.IS_NEXT: "Sigue {office}: / oprima numeral. // Para la lista, 0.",
            P.FULL_ONE: "Una persona habla con {office} ahora.",
            P.FULL_MANY: "{count} personas hablan con {office} ahora.",
            P.FREE: "{office} está libre: / oprima numeral. // Para la lista, 0.",
            P.GOODBYE_NONE: "Gracias por llamar. Comparta este número. Hasta pronto.",
            P.GOODBYE_ONE: "Hoy hizo 1 llamada. Gracias por alzar la voz. Comparta este número. Hasta pronto.",
            P.GOODBYE_MANY: "Hoy hizo {count} llamadas. Gracias por alzar la voz. Comparta este número. Hasta pronto.",
            P.ALL_REACHED: "Gracias. Ya llamó a las {total} oficinas. Vuelva a llamar mañana; también cuenta. "
            "Hasta pronto.",
            P.ALL_REACHED_ONE: "Gracias. Vuelva a llamar mañana; también cuenta. Hasta pronto.",
            P.CALL_LIMIT: "No podemos hacer más llamadas de una vez. Gracias por alzar la voz. "
            "Vuelva a llamar más tarde. Hasta pronto.",
            P.HELP: "Numeral llama a la mejor oficina. // Un número del 1 al {last} llama a esa oficina. // "
            "Asterisco termina una llamada. // 8 es el guion.",
            P.HELP_LANGUAGE: "9, español.",
            P.HELP_MORE: "{key} es para más oficinas.",
            P.HELP_CONTACT: "Para hablar con la organización: {contact}.",
            P.HELP_PATIENT: "Desde ahora le daremos más tiempo.",
            P.STAR: "¿Terminó? Para colgar, / oprima asterisco otra vez. // Para seguir, / oprima numeral.",
            P.ENDED: "Esta campaña terminó. Gracias por participar. Hasta pronto.",
            P.PAUSED: "Esta línea está en pausa. Vuelva a llamar más tarde. Hasta pronto.",
            P.BLOCKED: "Lo sentimos, no podemos comunicar esta llamada. Hasta pronto.",
            P.FAULT: "Lo sentimos, nuestro sistema tiene un problema.",
            P.FAULT_NUMBER: "Puede llamar a la oficina de {office} al {number}.",
            P.FAULT_GO_ON: "Para seguir aquí, / oprima numeral.",
            P.FALLBACK_DONE: "Si acaba de hablar con una oficina, su llamada cuenta y puede colgar.",
            P.FALLBACK_CONNECT: "Para comunicarse con la oficina de {office}, / oprima 1.",
            P.FALLBACK_CALLING: "Llamando a la oficina de {office}. Diga primero su nombre y su ciudad.",
            P.FALLBACK_BYE: "Gracias por llamar. Hasta pronto.",
            P.NO_CAMPAIGN: "Este número no pertenece a una campaña. Revise el número y vuelva a llamar. Hasta pronto.",
        }
    ),
)
