"""The parts of an account on a site: pages, forms, requests to follow, messages, appointments, bills."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, model_validator

from app.content.models.base import Entry, IconName, Raw, Text, ZoneId
from app.content.simulators.web import BankRequest, Blocks, Option


class Rubrique(Entry):
    """A part of the account; ``place``: a tile of the home page, a link at its foot, or neither."""

    id: ZoneId
    name: Text = Field(alias="nom")
    icon: IconName = Field(alias="icone")
    detail: Text | None = None
    place: Literal["accueil", "bas", "cachee"] = "accueil"

    def gestures(self) -> Iterator[str]:
        """What can be done in it."""
        yield from (f"rubrique:{self.id}", f"arriver:{self.id}")


class PagePart(Rubrique):
    """A page to read, with links, files to download, choices."""

    genre: Literal["page"]
    blocs: Blocks = Field(min_length=1)

    def gestures(self) -> Iterator[str]:
        yield from super().gestures()
        for bloc in self.blocs:
            yield from bloc.gestures()


Kind = Literal["texte", "date", "nombre", "mail", "mot_de_passe", "choix", "case", "fichier"]


class FormField(Entry):
    """A field of a form. With ``attendu``, any other value is told as not being that of the paper."""

    id: ZoneId
    name: Text = Field(alias="nom")
    kind: Kind = Field("texte", alias="genre")
    required: bool = Field(True, alias="obligatoire")
    help: Text | None = Field(None, alias="aide")
    expected: tuple[Raw, ...] = Field((), alias="attendu")
    problem: Text | None = Field(None, alias="alerte")
    options: tuple[Option, ...] = ()
    #: What stands in it already: a sum that the tax office knows, an answer given before.
    filled: Raw | None = Field(None, alias="valeur")

    @model_validator(mode="after")
    def _a_choice_has_options(self) -> FormField:
        if self.kind == "choix" and len(self.options) < 2:
            raise ValueError("ajoutez « options: » : au moins deux réponses")
        return self

    def gestures(self) -> Iterator[str]:
        """What can be done with it."""
        if self.kind == "choix":
            yield from (f"choisir:{self.id}={option.id}" for option in self.options)
        elif self.kind == "case":
            yield f"cocher:{self.id}"
        elif self.kind == "fichier":
            yield from (f"ajouter:{self.id}", f"photographier:{self.id}", f"oter:{self.id}")
        else:
            yield f"ecrire:{self.id}"


class FormPage(Entry):
    """One screen of a form."""

    title: Text = Field(alias="titre")
    text: Text | None = Field(None, alias="texte")
    fields: tuple[FormField, ...] = Field(alias="champs", min_length=1)


class FormPart(Rubrique):
    """A form in one or more screens, read again before it is sent; then its number."""

    genre: Literal["formulaire"]
    pages: tuple[FormPage, ...] = Field(alias="pages", min_length=1)
    number: Raw = Field("2026-0418", alias="numero")
    sent: Text = Field("Votre demande est envoyée.", alias="envoye")
    #: The name that this request has among those to follow.
    follow: Text | None = Field(None, alias="suivi")

    def gestures(self) -> Iterator[str]:
        yield from super().gestures()
        for n, page in enumerate(self.pages, 1):
            yield from (f"arriver:{self.id}_page_{n}", f"modifier:{n}")
            for field in page.fields:
                yield from field.gestures()
        yield from (
            "suivant",
            "precedent",
            "envoyer",
            f"telecharger:recu_{self.id}",
            f"ouvrir:recu_{self.id}",
        )
        results = ("relire", "envoye", "case_vide", "a_revoir", "photo_nette", "photo_coupee", "photo_sombre")
        yield from (f"arriver:{result}" for result in results)
        yield from ("lumiere", "reculer", "avancer", "declencher", "reprendre", "garder", "annuler_photo")


class Request(Entry):
    """A request sent before, and where it stands."""

    id: ZoneId
    name: Text = Field(alias="nom")
    number: Raw = Field(alias="numero")
    state: Text = Field(alias="etat")
    text: tuple[Text, ...] = Field(alias="texte", min_length=1)
    #: The file that it waits for, if any.
    wants: ZoneId | None = Field(None, alias="attend")
    problem: Text | None = Field(None, alias="alerte")


class RequestsPart(Rubrique):
    """The requests to follow."""

    genre: Literal["demandes"]
    requests: tuple[Request, ...] = Field(alias="demandes", min_length=1)

    def gestures(self) -> Iterator[str]:
        yield from super().gestures()
        for request in self.requests:
            yield from (
                f"demande:{request.id}",
                f"arriver:demande_{request.id}",
                f"arriver:papier_{request.id}",
            )
            yield from (f"ajouter:{request.id}", f"oter:{request.id}", f"relancer:{request.id}")
            yield f"annuler_demande:{request.id}"
        yield from ("envoyer_papier", "demande:nouvelle", "arriver:demande_nouvelle")


class AccountMessage(Entry):
    """A message of the account's own mailbox."""

    id: ZoneId
    sender: Text = Field(alias="de")
    subject: Text = Field(alias="objet")
    text: tuple[Text, ...] = Field(alias="texte", min_length=1)
    date: Text
    file: ZoneId | None = Field(None, alias="fichier")
    file_name: Text | None = Field(None, alias="nom_fichier")


class MessagesPart(Rubrique):
    """Messages within the account, and whom one can write to."""

    genre: Literal["messages"]
    messages: tuple[AccountMessage, ...] = Field(min_length=1)
    recipients: tuple[Option, ...] = Field((), alias="destinataires")

    def gestures(self) -> Iterator[str]:
        yield from super().gestures()
        yield from ("nouveau_message", "ecrire:message", "envoyer_message", "arriver:message_envoye")
        for message in self.messages:
            yield from (f"message:{message.id}", f"arriver:message_{message.id}", f"repondre:{message.id}")
            yield f"supprimer_message:{message.id}"
            if message.file:
                yield from (f"telecharger:{message.file}", f"ouvrir:{message.file}")
                yield from (f"arriver:telecharge_{message.file}", f"arriver:fichier_{message.file}")
        for recipient in self.recipients:
            yield from (f"destinataire:{recipient.id}", f"arriver:message_pour_{recipient.id}")


class Slot(Entry):
    """An hour that may be free."""

    id: ZoneId
    hour: Text = Field(alias="heure")
    taken: bool = Field(False, alias="pris")


class Day(Entry):
    """A day and its hours."""

    name: Text = Field(alias="nom")
    slots: tuple[Slot, ...] = Field(alias="heures", min_length=1)


class Professional(Entry):
    """Someone whom one can see; ``lieu`` tells which of those who have the same name."""

    id: ZoneId
    name: Text = Field(alias="nom")
    job: Text = Field(alias="metier")
    where: Text = Field(alias="lieu")


class Appointment(Entry):
    """One taken before."""

    id: ZoneId
    name: Text = Field(alias="nom")
    when: Text = Field(alias="quand")
    papers: tuple[Text, ...] = Field((), alias="papiers")


class AppointmentsPart(Rubrique):
    """Appointments: whom (where there is a choice), what for, when; and those taken."""

    genre: Literal["rendez_vous"]
    professionals: tuple[Professional, ...] = Field((), alias="professionnels")
    reasons: tuple[Option, ...] = Field(alias="motifs", min_length=2)
    days: tuple[Day, ...] = Field(alias="jours", min_length=1)
    papers: tuple[Text, ...] = Field((), alias="papiers")
    taken: tuple[Appointment, ...] = Field((), alias="pris")

    def gestures(self) -> Iterator[str]:
        yield from super().gestures()
        yield from (
            "nouveau_rdv",
            "ecrire:professionnel",
            "chercher_professionnel",
            "confirmer_rdv",
            "changer_rdv",
        )
        yield from ("arriver:rdv_pris", "arriver:professionnels", "voir_rdv:nouveau", "annuler_rdv:nouveau")
        yield from (
            "deplacer_rdv:nouveau",
            "confirmer_annulation",
            "garder_rdv",
            "arriver:papiers_nouveau",
            "arriver:rdv_nouveau_annule",
        )
        for professional in self.professionals:
            yield from (f"professionnel:{professional.id}", f"arriver:professionnel_{professional.id}")
        yield from (f"motif:{reason.id}" for reason in self.reasons)
        for day in self.days:
            for slot in day.slots:
                yield from (f"creneau:{slot.id}", f"arriver:rdv_{slot.id}")
        for one in self.taken:
            yield from (f"voir_rdv:{one.id}", f"annuler_rdv:{one.id}", f"deplacer_rdv:{one.id}")
            yield from (f"arriver:rdv_{one.id}_annule", f"arriver:papiers_{one.id}")


class Bill(Entry):
    """A bill to pay, or paid. With ``banque``, what the bank asks to confirm is not what was bought."""

    id: ZoneId
    name: Text = Field(alias="nom")
    amount: Text = Field(alias="montant")
    paid: bool = Field(False, alias="payee")
    bank: BankRequest | None = Field(None, alias="banque")


class BillsPart(Rubrique):
    """Bills, and their payment by card."""

    genre: Literal["factures"]
    payee: Text = Field(alias="marchand")
    bills: tuple[Bill, ...] = Field(alias="factures", min_length=1)

    def gestures(self) -> Iterator[str]:
        yield from super().gestures()
        for bill in self.bills:
            yield from (f"facture:{bill.id}", f"payer:{bill.id}", f"arriver:facture_{bill.id}")
            yield from (f"arriver:payee_{bill.id}", f"telecharger:recu_{bill.id}", f"ouvrir:recu_{bill.id}")
            yield from (f"telecharger:{bill.id}", f"ouvrir:{bill.id}", f"arriver:telecharge_recu_{bill.id}")
        yield from PAYMENT


#: Paying by card, then saying yes or no to what one's bank asks.
PAYMENT = (
    "moyen:carte", "moyen:virement", "moyen:coupon", "moyen:plusieurs_fois", "ecrire:carte_numero",
    "ecrire:carte_fin", "ecrire:carte_code", "ecrire:code_bancaire", "valider_carte", "cocher:garder_carte",
    "banque:confirmer", "banque:refuser", "annuler_paiement", "arriver:banque", "arriver:paye",
    "arriver:refuse",
    "arriver:carte", "valider_virement", "valider_coupon",
)  # fmt: skip


class PaymentLine(Entry):
    """Money received: a reimbursement."""

    id: ZoneId
    date: Text
    name: Text = Field(alias="nom")
    amount: Text = Field(alias="montant")
    detail: tuple[Text, ...] = Field(min_length=1)


class PaymentsPart(Rubrique):
    """Reimbursements, month by month."""

    genre: Literal["paiements"]
    lines: tuple[PaymentLine, ...] = Field(alias="lignes", min_length=2)

    def gestures(self) -> Iterator[str]:
        yield from super().gestures()
        yield from (f"{verb}{line.id}" for line in self.lines for verb in ("paiement:", "arriver:paiement_"))


class HealthDocument(Entry):
    """A document of the health record."""

    id: ZoneId
    name: Text = Field(alias="nom")
    date: Text
    icon: IconName = Field("file-text", alias="icone")
    hidden: bool = Field(False, alias="masque")


class DocumentsPart(Rubrique):
    """Documents: read, add, name, sort, hide from professionals."""

    genre: Literal["documents"]
    documents: tuple[HealthDocument, ...] = Field(min_length=1)
    types: tuple[Option, ...] = Field(min_length=2)

    def gestures(self) -> Iterator[str]:
        yield from super().gestures()
        yield from (
            "ajouter_document",
            "ajouter:document",
            "oter:document",
            "ranger",
            "ecrire:nom_document",
            "arriver:document_range",
            "trier",
        )
        yield from (f"choisir:type_document={kind.id}" for kind in self.types)
        for one in (*(document.id for document in self.documents), "nouveau"):
            yield from (
                f"document:{one}",
                f"masquer:{one}",
                f"supprimer_document:{one}",
                f"telecharger:{one}",
            )
            yield from (f"arriver:document_{one}", f"arriver:masque_{one}", f"arriver:visible_{one}")
            yield from (f"ouvrir:{one}", f"arriver:telecharge_{one}", f"partager:{one}")


class Access(Entry):
    """A professional who may see the record, or not."""

    id: ZoneId
    name: Text = Field(alias="nom")
    job: Text = Field(alias="metier")
    allowed: bool = Field(True, alias="autorise")


class Visit(Entry):
    """Someone looked at something, some day."""

    who: Text = Field(alias="qui")
    what: Text = Field(alias="quoi")
    when: Text = Field(alias="quand")


class AccessPart(Rubrique):
    """Who may see the record, and who did."""

    genre: Literal["acces"]
    professionals: tuple[Access, ...] = Field(alias="professionnels", min_length=2)
    visits: tuple[Visit, ...] = Field(alias="visites", min_length=1)

    def gestures(self) -> Iterator[str]:
        yield from super().gestures()
        yield from ("volet:professionnels", "volet:visites", "arriver:visites")
        for one in self.professionals:
            yield from (f"autoriser:{one.id}", f"arriver:bloque_{one.id}", f"arriver:autorise_{one.id}")
