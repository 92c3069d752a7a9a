import type { EndWords, ProblemWords, RuleWords, Strings } from './en.ts';
import { myAccount } from './my-account/fr.ts';

const rules: RuleWords = {
  'too-short': ({ minLength }) => `Au moins ${minLength} caractères`,
  'too-long': ({ maxLength }) => `Au plus ${maxLength} caractères`,
  common: () => 'Pas un mot de passe que tout le monde utilise',
  'contains-name': () => 'Sans votre nom d’utilisateur, le nom du serveur ni le mot «\u00a0jellyfin\u00a0»',
};

const faults: RuleWords = {
  'too-short': ({ minLength }) =>
    `Ce mot de passe est trop court. Utilisez au moins ${minLength} caractères.`,
  'too-long': ({ maxLength }) => `Ce mot de passe est trop long. Utilisez au plus ${maxLength} caractères.`,
  common: () =>
    'Beaucoup de gens utilisent ce mot de passe\u00a0: il est facile à deviner. Choisissez-en un autre.',
  'contains-name': () =>
    'Retirez votre nom d’utilisateur, le nom du serveur et le mot «\u00a0jellyfin\u00a0».',
};

const problems: ProblemWords = {
  'no-connection': 'Le serveur n’a pas répondu. Vérifiez votre connexion et réessayez.',
  'jellyfin-unreachable': 'Jellyfin est injoignable pour le moment. Réessayez dans quelques minutes.',
  'change-not-kept':
    'Jellyfin n’a pas conservé le nouveau mot de passe. Réessayez\u00a0; si cela se reproduit, prévenez la personne qui gère le serveur.',
  'link-busy':
    'Un mot de passe est en cours d’enregistrement avec ce lien, peut-être dans un autre onglet. Attendez un instant, puis réessayez.',
  'password-refused': 'Le serveur n’accepte pas ce mot de passe. Choisissez-en un autre.',
  'too-many-requests': 'Il y a eu trop d’essais. Attendez quelques minutes, puis réessayez.',
  'proof-needed': 'Le serveur est très sollicité en ce moment. Patientez un instant, puis réessayez.',
  'signed-out': 'Vous n’êtes plus connecté. Connectez-vous à nouveau.',
  'sign-in-refused': 'Jellyfin a refusé la connexion. Vérifiez le nom et le mot de passe.',
  'password-wrong': 'Ce n’est pas votre mot de passe. Saisissez-le à nouveau.',
  'address-refused': 'Ce n’est pas une adresse de ce type. Vérifiez comment elle est écrite.',
  'code-needed': 'Pour ce compte, il faut aussi un code. Faites-vous en envoyer un, puis saisissez-le.',
  'code-wrong': 'Ce n’est pas le code envoyé. Vérifiez-le et réessayez.',
  'code-expired': 'Le code a expiré. Recommencez.',
  'codes-used-up':
    'Aucun autre code n’est envoyé pour ce lien. Saisissez le dernier, ou demandez un nouveau lien.',
  'bad-body': 'Le serveur n’a pas compris la demande. Rechargez la page et réessayez.',
  'not-found':
    'Ce serveur ne propose pas de nouveaux mots de passe pour le moment. Prévenez la personne qui le gère.',
  unavailable: 'Cette partie du serveur est indisponible pour le moment. Réessayez dans quelques minutes.',
  internal:
    'Une erreur s’est produite sur le serveur. Réessayez\u00a0; si cela se reproduit, prévenez la personne qui le gère.',
};

const ends: EndWords = {
  done: {
    title: 'Votre mot de passe est changé',
    sentences: [
      'Vous êtes déconnecté partout. Connectez-vous avec le nouveau mot de passe sur chacun de vos appareils.',
    ],
  },
  'link-expired': {
    title: 'Ce lien a expiré',
    sentences: ['Pour votre sécurité, un lien ne sert que peu de temps. Demandez-en un nouveau.'],
  },
  'link-used': {
    title: 'Ce lien a déjà servi',
    sentences: [
      'Un lien ne sert qu’une fois. Si vous venez de choisir un mot de passe avec lui, connectez-vous avec celui-ci.',
      'Si ce n’était pas vous, demandez un nouveau lien maintenant et prévenez la personne qui gère le serveur.',
    ],
  },
  'link-locked': {
    title: 'Ce lien n’est plus valable',
    sentences: [
      'Un code erroné a été saisi trop souvent. Demandez un nouveau lien.',
      'Si ce n’était pas vous, prévenez la personne qui gère le serveur.',
    ],
  },
  'link-unknown': {
    title: 'Ce lien ne fonctionne pas',
    sentences: ['Le serveur ne connaît pas ce lien, ou ne le connaît plus. Demandez-en un nouveau.'],
  },
  'link-superseded': {
    title: 'Cette page n’est plus valable',
    sentences: [
      'Votre lien ou code PIN était valable à l’ouverture de cette page. Il a sans doute été utilisé de nouveau depuis, dans un autre onglet ou sur un autre appareil : continuez sur la dernière page ouverte.',
      'S’il n’y en a pas, demandez un nouveau lien. Si ce n’était pas vous, prévenez aussi la personne qui gère le serveur.',
    ],
  },
  'link-broken': {
    title: 'Ce lien est incomplet',
    sentences: [
      'Une partie s’est perdue en route. Ouvrez-le à nouveau depuis le message, ou copiez le lien jusqu’au dernier caractère.',
      'Si cela ne suffit pas, demandez-en un nouveau.',
    ],
  },
  'link-missing': {
    title: 'Ouvrez le lien de votre message',
    sentences: [
      'Un nouveau mot de passe se choisit avec un lien que nous vous envoyons. Ouvrez-le depuis le message, ou demandez-en un.',
    ],
  },
  'account-unavailable': {
    title: 'Ce mot de passe ne peut pas être changé ici',
    sentences: ['Demandez de l’aide à la personne qui gère le serveur.'],
  },
  'account-elsewhere': {
    title: 'Ce mot de passe est conservé ailleurs',
    sentences: [
      'Le mot de passe de ce compte est conservé par un autre système, pas par Jellyfin. Changez-le là-bas\u00a0; il sera ensuite valable ici aussi.',
      'Si vous ne savez pas où, demandez à la personne qui gère le serveur.',
    ],
  },
};

/** All words of our pages in French. */
export const fr: Strings = {
  signIn: 'Se connecter',
  backToSignIn: 'Retour à la connexion',
  askForLink: 'Demander un nouveau lien',
  changeElsewhere: 'Le changer là-bas',
  tryAgain: 'Réessayer',
  userName: 'Nom d’utilisateur',
  choose: {
    title: 'Choisir un nouveau mot de passe',
    onServer: 'pour votre compte sur',
    checking: 'Vérification de votre lien…',
    checkFailed: 'Votre lien n’a pas pu être vérifié',
    password: 'Nouveau mot de passe',
    again: 'Nouveau mot de passe, encore une fois',
    show: 'Afficher',
    hide: 'Masquer',
    showPassword: 'Afficher le mot de passe',
    hidePassword: 'Masquer le mot de passe',
    isShown: 'Votre mot de passe est lisible à l’écran',
    isHidden: 'Votre mot de passe est masqué',
    rulesTitle: 'Votre nouveau mot de passe',
    isMet: 'Respecté',
    isBroken: 'Non respecté',
    stillToDo: 'Il manque encore\u00a0:',
    allMet: 'Ce mot de passe respecte toutes les règles',
    empty: 'Choisissez un nouveau mot de passe.',
    mismatch: 'Les deux mots de passe ne sont pas identiques.',
    submit: 'Enregistrer le mot de passe',
    working: 'Enregistrement…',
    workingHint: 'Cela peut prendre quelques secondes. Laissez cette page ouverte.',
    linkStillGood: 'Votre lien reste valable.',
    codeLead:
      'Pour les administrateurs, il faut aussi un code. Il vous parvient par une autre voie que le message que vous avez.',
    codeSentBy: 'Envoyé par\u00a0:',
    anotherCode: 'M’envoyer un autre code',
  },
  account: {
    title: 'Mot de passe oublié\u00a0?',
    lead: 'Dites-nous qui vous êtes. Nous vous envoyons un message pour choisir un nouveau mot de passe.',
    enteredName: 'Nom d’utilisateur ou adresse e-mail',
    empty: 'Saisissez votre nom d’utilisateur ou votre adresse e-mail.',
    tooLong: 'C’est trop long pour un nom d’utilisateur ou une adresse e-mail.',
    submit: 'M’envoyer un message',
    working: 'Envoi…',
  },
  asked: {
    title: 'Consultez vos messages',
    sentences: [
      'Si nous connaissons ce compte et savons comment vous joindre, un message avec un lien est en route.',
    ],
    nothingCame: 'Rien n’est arrivé\u00a0?',
    advice: [
      'Attendez quelques minutes et regardez dans les courriers indésirables.',
      'Vérifiez l’orthographe\u00a0: saisissez votre nom d’utilisateur comme sur la page de connexion.',
      'Demandez à la personne qui gère le serveur. Il lui manque peut-être votre adresse e-mail.',
    ],
    again: 'Essayer un autre nom',
  },
  askedPin: {
    sentences: [
      'Si nous connaissons ce compte et savons comment vous joindre, un message avec un code PIN est en route.',
    ],
    enter: 'Saisir le code PIN',
  },
  pin: {
    title: 'Choisir un nouveau mot de passe',
    go: 'Appuyez sur le bouton pour continuer. Votre mot de passe reste le même jusqu’à ce que vous en ayez choisi un nouveau.',
    type: 'Saisissez le code PIN du message que nous vous avons envoyé. Votre mot de passe reste le même jusqu’à ce que vous en ayez choisi un nouveau.',
    label: 'Code PIN',
    empty: 'Saisissez le code PIN du message.',
    submit: 'Continuer',
    working: 'Un instant…',
    unknown: 'Ce code PIN n’est pas le bon. Comparez-le avec le message, ou demandez-en un nouveau.',
    expired: 'Ce code PIN a expiré. Demandez-en un nouveau.',
    used: 'Ce code PIN ne sert plus\u00a0: un nouveau mot de passe a été choisi depuis son envoi. Si ce n’était pas vous, demandez un nouveau code maintenant et prévenez la personne qui gère le serveur.',
    broken: 'Le lien n’était pas complet. Saisissez plutôt le code PIN du message.',
    askAgain: 'Demander un nouveau code PIN',
  },
  rules,
  faults,
  problems,
  ends,
  myAccount,
};
