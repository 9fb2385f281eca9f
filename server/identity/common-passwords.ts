/** The words the most used passwords of breach lists are made of, longest first so that the longest is taken out first. */
export const commonWords: readonly string[] = [
  "password passwort passw motdepasse contrasena contraseña senha welcome willkommen letmein changeme changeit trustno",
  "iloveyou loveyou ilove lovely iloveu princess sunshine football baseball basketball superman batman spiderman pokemon",
  "dragon monkey shadow master michael jordan jennifer jessica ashley charlie andrew daniel thomas matthew anthony",
  "qwertyuiop qwerty azerty asdfghjkl asdfgh zxcvbnm zxcvbn qazwsx qweasd abcdef abcd",
  "administrator admin root test tester testing guest user login access secret default system server computer internet",
  "starwars whatever freedom hello hallo summer winter spring autumn monday friday january december november october",
  "google facebook amazon microsoft samsung company marketing advertising agency office manager business",
  "hunter ranger killer soccer hockey cookie cheese banana orange flower purple yellow chocolate butterfly liverpool chelsea arsenal",
  "correcthorsebatterystaple mustang harley corvette ferrari mercedes porsche yankees lakers cowboys",
  "abc qwe asd zxc love god",
]
  .flatMap((line) => line.split(" "))
  .sort((a, b) => b.length - a.length);
